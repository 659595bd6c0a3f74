import type { Clock } from '../clock.ts';
import { StorageFullError } from '../stores/storage-full.ts';
import type { Authenticator, AuthMethod } from './authenticator.ts';
import { defineAuthMethod } from './define-method.ts';
import { createIdentity } from './identity.ts';
import { refuseStranger } from './refuse.ts';
import { isToken, tokenToHash } from './token-text.ts';
import type { StoredToken, TokenFinder } from '../stores/token-store.ts';

/** A use is noted at most this often: a request must not cost a write. */
const touchEveryMs = 60_000;

export const tokenMethod = defineAuthMethod({ options: {}, configure: () => createTokenAuth });

/**
 * Lets in whoever holds an active token. It is looked up by its hash, so that the time it
 * takes says nothing about any token. // SRV-24
 */
export function createTokenAuth({
  tokens,
  clock,
}: {
  readonly tokens: TokenFinder;
  readonly clock: Clock;
}): AuthMethod {
  const authenticate: Authenticator = async ({ request }) => {
    const token = await tokens.find(tokenToHash(readToken(request)));
    if (token === null) throw refuseStranger('unknown', "This access token isn't valid on this server.");
    const now = clock.now();
    const identity = createIdentity('token', token.name, token.expires, { account: token.account ?? null });
    if (token.revoked !== null)
      throw refuseStranger('revoked', 'This access token has been revoked.', 'Bearer', identity.hash);
    if (token.expires !== null && token.expires <= now)
      throw refuseStranger('expired', 'This access token has expired.', 'Bearer', identity.hash);
    await noteUse(tokens, token, now);
    return identity;
  };
  return { authenticate };
}

function readToken(request: Request): string {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (token === undefined) throw refuseStranger('missing', 'This server needs an access token.');
  if (!isToken(token))
    throw refuseStranger(
      'malformed',
      'This isn\'t an access token of a Dataans server. Those are "dat_" and 43 characters.',
    );
  return token;
}

async function noteUse(tokens: TokenFinder, token: StoredToken, now: number): Promise<void> {
  if (token.lastUsed !== null && now - token.lastUsed < touchEveryMs) return;
  try {
    await tokens.touch(token.hash, now);
  } catch (error) {
    // A full disk must not lock anybody out: what is there can still be read.
    if (!(error instanceof StorageFullError)) throw error;
  }
}
