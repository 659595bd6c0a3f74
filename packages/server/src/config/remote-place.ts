import { exitCodes, OperatorError } from '../operator-error.ts';
import { is, mustBe, type Parsed } from '../options/option.ts';
import type { RemoteAccess } from '../remote/remote-access.ts';
import type { Environment } from './environment.ts';
import { chooseSecret } from './secret-file.ts';

/** Variables of the commands that read a server over HTTP; those without `_FILE` have the meaning that `dataans` gives them. */
export const remoteVariables = [
  'DATAANS_TOKEN',
  'DATAANS_TOKEN_FILE',
  'DATAANS_ACCESS_CLIENT_ID',
  'DATAANS_ACCESS_CLIENT_SECRET',
  'DATAANS_ACCESS_CLIENT_SECRET_FILE',
] as const;

/** Whether a word of a command is the address of a server, and no folder. */
export function isRemoteAddress(word: string): boolean {
  return /^https?:\/\//i.test(word);
}

/** The address of a server without a slash at its end. */
export function parseRemoteAddress(text: string): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
    ? is((url.origin + url.pathname).replace(/\/+$/, ''))
    : mustBe('an address such as https://notes.example.org, without a user, a “?” or a “#”');
}

/** What the environment has for a server over HTTP. Throws `OperatorError` for half of it, or too much. // SRV-150 */
export function readRemoteAccess(environment: Environment): RemoteAccess {
  const read = (name: (typeof remoteVariables)[number]): string | null => environment[name] || null;
  const readSecret = (name: 'DATAANS_TOKEN' | 'DATAANS_ACCESS_CLIENT_SECRET'): string | null =>
    chooseSecret({
      name,
      secret: parseSet(name, read(name)),
      path: read(`${name}_FILE`),
      parse: parseCredential,
    });
  const token = readSecret('DATAANS_TOKEN');
  const clientId = parseSet('DATAANS_ACCESS_CLIENT_ID', read('DATAANS_ACCESS_CLIENT_ID'));
  const clientSecret = readSecret('DATAANS_ACCESS_CLIENT_SECRET');
  if ((clientId === null) !== (clientSecret === null))
    throw usage(
      'The id and the secret of a service token go together. Set both DATAANS_ACCESS_CLIENT_ID and DATAANS_ACCESS_CLIENT_SECRET_FILE, or neither.',
    );
  if (clientId === null || clientSecret === null)
    return token === null ? { kind: 'none' } : { kind: 'token', token };
  if (token !== null)
    throw usage(
      'An access token and a service token are both set. Remove DATAANS_TOKEN and DATAANS_TOKEN_FILE, or DATAANS_ACCESS_CLIENT_ID and its secret.',
    );
  return { kind: 'service-token', clientId, clientSecret };
}

function parseSet(name: string, text: string | null): string | null {
  if (text === null) return null;
  const parsed = parseCredential(text);
  if (parsed.ok) return parsed.value;
  throw usage(`${name} must be ${parsed.mustBe}.`);
}

/** What a header can carry. */
function parseCredential(text: string): Parsed<string> {
  return /^[\x21-\x7e]{1,8192}$/.test(text)
    ? is(text)
    : mustBe('letters, digits and signs, without a space or a line end');
}

function usage(sentence: string): OperatorError {
  return new OperatorError(sentence, { exitCode: exitCodes.usage });
}
