export type Environment = Readonly<Record<string, string | undefined>>;

/** Which home a program works with is no secret, and one that runs `dataans` itself needs it. */
const passedOn = 'DATAANS_HOME';

/** What a program that is started gets to see: no password, passphrase or token of ours. // ACC-10 */
export function childEnvironment(environment: Environment): Record<string, string | undefined> {
  return Object.fromEntries(
    // Windows finds a name in any case.
    Object.entries(environment).filter(([name]) => name === passedOn || !/^DATAANS_/i.test(name)),
  );
}
