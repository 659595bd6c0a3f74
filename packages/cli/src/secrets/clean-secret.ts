import { createSecret, type Secret } from '@dataans/client';
import { UsageError } from '../usage-error.ts';

/** What a secret is, and where it came from: `DATAANS_PASSWORD`, a file, what was piped in. */
export interface SecretSource {
  readonly kind: 'password' | 'passphrase' | 'access token' | 'service token';
  /** As the subject of a sentence. */
  readonly name: string;
}

/**
 * A secret from whatever source, without what editors, shells and pipes add to it: a byte order mark in front, line
 * ends behind. What nobody could type again is refused, and so is what no header could carry. // CLI-20
 *
 * @throws UsageError
 */
export function cleanSecret(given: string | Uint8Array, source: SecretSource): Secret {
  const text = typeof given === 'string' ? withoutMark(given) : decodeSecret(given, source);
  const secret = text.replace(/[\r\n]+$/, '');
  const fault = findFault(secret, source);
  if (fault !== null) throw new UsageError(`${source.name} ${fault}.`, adviceByKind[source.kind]);
  return createSecret(secret);
}

function withoutMark(text: string): string {
  return text.replace(/^\u{feff}/u, '');
}

/**
 * The text of a file or pipe that holds a secret, without its byte order mark.
 *
 * @throws UsageError
 */
export function decodeSecret(bytes: Uint8Array, source: SecretSource): string {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16 || bytes.includes(0))
    throw new UsageError(`${source.name} is UTF-16, or isn't text.`, saveAdvice(source));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${source.name} isn't UTF-8 text.`, saveAdvice(source));
  }
}

function saveAdvice({ kind }: SecretSource): string {
  return `Save the ${kind} as UTF-8 and try again.`;
}

function findFault(secret: string, { kind }: SecretSource): string | null {
  if (secret === '') return 'is empty';
  if (secret.includes('\u{fffd}') || !secret.isWellFormed()) return "has characters that aren't UTF-8";
  if (/[\r\n]/.test(secret)) return 'has more than one line';
  if (/[\0\u{feff}]/u.test(secret)) return "has an invisible character that can't be typed";
  if ((kind === 'access token' || kind === 'service token') && !/^[\x21\x23-\x26\x28-\x7e]+$/.test(secret))
    return 'has a space, a quote or another character that no token has';
  return null;
}

const adviceByKind: Readonly<Record<SecretSource['kind'], string>> = {
  password: 'Put the password on one line, as you would type it, in UTF-8.',
  passphrase: 'Put the passphrase on one line, as it was shown, in UTF-8.',
  'access token': 'Copy only the token again, without quotes, spaces or “Bearer” in front.',
  'service token':
    'Copy the Client ID and the Client Secret again, each on its own, without quotes, spaces or a name in front.',
};
