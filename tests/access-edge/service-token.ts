import { randomBytes, randomInt } from 'node:crypto';
import type { EdgeSettings, ServiceToken } from './settings.ts';

export type ServiceTokenVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'accepted'; readonly clientId: string }
  | { readonly kind: 'refused'; readonly status: 401 | 403 };

type Headers = Readonly<Record<string, readonly string[] | undefined>>;

/** What the two headers of a service token are worth. Where they are not strictly checked, a wrong one counts as none. */
export function judgeServiceToken(
  headers: Headers,
  settings: Pick<EdgeSettings, 'serviceTokens' | 'isStrict'>,
): ServiceTokenVerdict {
  const ids = headers['cf-access-client-id'] ?? [];
  const secrets = headers['cf-access-client-secret'] ?? [];
  if (ids.length === 0 && secrets.length === 0) return { kind: 'none' };
  const [clientId = ''] = ids;
  const known = settings.serviceTokens.find((token) => isToken(token, clientId, secrets[0] ?? ''));
  const isDoubled = ids.length > 1 || secrets.length > 1;
  if (known?.isAllowed === true && !(isDoubled && settings.isStrict)) return { kind: 'accepted', clientId };
  if (!settings.isStrict) return { kind: 'none' };
  return { kind: 'refused', status: known === undefined || isDoubled ? 401 : 403 };
}

export function makeServiceToken(isAllowed: boolean): ServiceToken {
  return {
    clientId: `${randomBytes(16).toString('hex')}.access`,
    clientSecret: `cfast_${randomText(48)}`,
    isAllowed,
  };
}

function isToken(token: ServiceToken, clientId: string, clientSecret: string): boolean {
  return token.clientId === clientId && token.clientSecret === clientSecret;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomText(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}
