import { sign, verify, type KeyObject } from 'node:crypto';

export type Claims = Readonly<Record<string, unknown>>;

/** A JSON Web Token, signed with RS256. */
export function signJwt(claims: Claims, kid: string, privateKey: KeyObject): string {
  const signed = `${encode({ alg: 'RS256', kid, typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** The claims of a token that one of the keys has signed; `null` of any other text. */
export function readJwt(token: string, findKey: (kid: string) => KeyObject | null): Claims | null {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const { alg, kid } = decode(header) ?? {};
  const key = alg === 'RS256' && typeof kid === 'string' ? findKey(kid) : null;
  if (key === null) return null;
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    key,
    Buffer.from(signature, 'base64url'),
  );
  return isSigned ? decode(claims) : null;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Claims | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    // Any object is a record of unknown values.
    return typeof value === 'object' && value !== null ? (value as Claims) : null;
  } catch {
    return null;
  }
}
