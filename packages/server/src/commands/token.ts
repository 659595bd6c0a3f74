import { randomBytesToToken, tokenRandomBytes, tokenToHash } from '../auth/token-text.ts';
import type { StoredToken, TokenStore } from '../stores/token-store.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { errorText } from '../system-error.ts';
import { parseDuration } from '../options/duration.ts';
import { formatJson, formatTable, type Output } from './output.ts';

export interface TokenCommandContext {
  readonly tokens: TokenStore;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly output: Output;
  readonly asJson: boolean;
}

const nameCharactersMax = 64;

/** Makes a token and prints it, this once: only its hash is stored. */
export async function addToken(
  context: TokenCommandContext,
  name: string,
  options: { readonly expiresIn: string | null; readonly randomBytes: (bytes: number) => Uint8Array },
): Promise<void> {
  requireTokenName(name);
  const expires = options.expiresIn === null ? null : context.now + readDuration(options.expiresIn);
  const token = randomBytesToToken(options.randomBytes(tokenRandomBytes));
  if (!(await context.tokens.add({ hash: tokenToHash(token), name, created: context.now, expires })))
    throw new OperatorError(
      `There's already an active token named “${name}”. Revoke it first, or choose another name.`,
    );
  const until = isoOrNull(expires);
  await printToken(
    context,
    name,
    context.asJson ? formatJson({ name, token, expires: until }) : `${token}\n`,
  );
  if (!context.asJson)
    context.output.stderr(
      `Created token “${name}”${until === null ? '' : `, valid until ${until}`}. It won't be shown again. On the device, set it as DATAANS_TOKEN.\n`,
    );
}

/** A token that nobody has seen must not stay in force, nor keep its name from the next one. // SRV-43 */
async function printToken(
  { tokens, now, output }: TokenCommandContext,
  name: string,
  text: string,
): Promise<void> {
  try {
    output.stdout(text);
  } catch (error) {
    await tokens.revoke(name, now);
    throw new OperatorError(`Revoked token “${name}”, because it couldn't be shown. ${errorText(error)}`, {
      cause: error,
    });
  }
}

export async function listTokens({ tokens, now, output, asJson }: TokenCommandContext): Promise<void> {
  const entries = (await tokens.list()).map((token) => ({
    name: token.name,
    state: stateOf(token, now),
    created: isoOrNull(token.created),
    lastUsed: isoOrNull(token.lastUsed),
    expires: isoOrNull(token.expires),
    revoked: isoOrNull(token.revoked),
  }));
  if (asJson) return output.stdout(formatJson(entries));
  if (entries.length === 0)
    return output.stderr('No tokens yet. Create one with: dataans-server token add NAME\n');
  output.stdout(
    formatTable({
      header: ['NAME', 'STATE', 'CREATED', 'LAST USED', 'EXPIRES'],
      rows: entries.map(({ name, state, created, lastUsed, expires }) => [
        name,
        state === 'in force' ? 'active' : state,
        created ?? '',
        lastUsed ?? 'never',
        expires ?? 'never',
      ]),
    }),
  );
}

export async function revokeToken(
  { tokens, now, output, asJson }: TokenCommandContext,
  name: string,
): Promise<void> {
  if (!(await tokens.revoke(name, now)))
    throw new OperatorError(
      `There's no token named “${name}” to revoke. To see all: dataans-server token list`,
    );
  if (asJson) output.stdout(formatJson({ name, revoked: isoOrNull(now) }));
  else output.stderr(`Revoked token “${name}”. The server refuses it from now on.\n`);
}

function requireTokenName(name: string): void {
  if (name.trim() !== name || name === '' || name.length > nameCharactersMax || /\p{C}/u.test(name))
    throw new OperatorError(
      `A token's name must be 1 to ${nameCharactersMax} visible characters, such as the device's name.`,
      { exitCode: exitCodes.usage },
    );
}

function readDuration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === null)
    throw new OperatorError(
      '--expires must be a number of days, hours or minutes, such as 90d, 12h or 30m.',
      {
        exitCode: exitCodes.usage,
      },
    );
  return durationMs;
}

/** Stable: `--json` has it. */
function stateOf(token: StoredToken, now: number): 'in force' | 'expired' | 'revoked' {
  if (token.revoked !== null) return 'revoked';
  return token.expires !== null && token.expires <= now ? 'expired' : 'in force';
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
