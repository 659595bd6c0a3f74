/** An error as it may be logged. */
export interface LoggedError {
  readonly type: string;
  /** With its message first, and all that caused it. */
  readonly stack: string;
  /** The system's or the database's own word for it, such as `EACCES`. */
  readonly code?: string;
}

/** Without what its texts may name: files of chunks, operations, tokens. // SRV-27 */
export function toLoggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, stack: withoutNames(String(error)) };
  return {
    type: error.name,
    stack: withoutNames(stacksOf(error).join('\ncaused by ')),
    ...('code' in error && { code: String(error.code) }),
  };
}

/** The message of an error as it may be logged, for one that nobody needs the stack of. // SRV-27 */
export function toLoggedText(error: unknown): string {
  return withoutNames(error instanceof Error ? error.message : String(error));
}

/** More causes than this are a circle. */
const causesMax = 5;

function stacksOf(error: Error): readonly string[] {
  const stacks: string[] = [];
  for (let next: unknown = error; next instanceof Error && stacks.length < causesMax; next = next.cause)
    stacks.push(next.stack ?? next.message);
  return stacks;
}

const names: readonly (readonly [pattern: RegExp, standIn: string])[] = [
  [/[0-9a-f]{64}/gi, '(chunk name)'],
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '(id)'],
  [/dat_[\w-]+/g, '(token)'],
  // A JSON Web Token, whole or cut off: its header is an object, in base64url.
  [/eyJ[\w-]+(?:\.[\w-]*)*/g, '(token)'],
];

function withoutNames(text: string): string {
  return names.reduce((left, [pattern, standIn]) => left.replaceAll(pattern, standIn), text);
}
