/** A refusal of the engine, as far as advice depends on it. */
interface Refusal {
  readonly reason?: string | null;
  readonly advice: string;
}

/** What this program adds in front of the engine's advice, or says in its place, by the reason of the refusal. */
const adviceByReason: Readonly<Record<string, (advice: string) => string>> = {
  'access-token-needed': () =>
    'Pass it with DATAANS_TOKEN. To create one, run dataans-server token add NAME on the server.',
  'access-token-refused': (advice) =>
    `Set DATAANS_TOKEN to an access token that the server accepts. ${advice}`,
  'passphrase-needed': () =>
    'It was shown when the account was created. To see it again, run dataans passphrase on a signed-in device.',
  'other-account': (advice) => `${advice} To keep another account apart, use --home DIR.`,
};

/** What to do, with the options, variables and commands of this program. The engine names none of them. */
export function adviceOf({ reason, advice }: Refusal): string {
  return adviceByReason[reason ?? '']?.(advice) ?? advice;
}
