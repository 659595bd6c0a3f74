import type { JWK } from 'jose';
import * as v from 'valibot';
import { isTrustworthyUrl } from './issuer-url.ts';
import { fetchJson, type Network } from './fetch-json.ts';
import { parseKeys } from './parse-keys.ts';

/** Where an issuer publishes its keys: at an address, or at one that its OpenID configuration names. */
export type KeySource =
  { readonly kind: 'keys'; readonly url: string } | { readonly kind: 'issuer'; readonly url: string };

/** The keys that are published now. Throws an `Error` with a sentence for the log where there are none. */
export async function fetchKeys(network: Network, source: KeySource): Promise<readonly JWK[]> {
  const url = source.kind === 'keys' ? source.url : await discoverKeysUrl(network, source.url);
  const keys = parseKeys(await fetchJson(network, url));
  if (keys === null) throw new Error(`${url} answered no key set.`);
  return keys;
}

const configurationShape = v.object({ issuer: v.string(), jwks_uri: v.string() });

/** OpenID Connect Discovery 1.0, section 4: the configuration must be the issuer's own. */
async function discoverKeysUrl(network: Network, issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const parsed = v.safeParse(configurationShape, await fetchJson(network, url));
  if (!parsed.success || parsed.output.issuer !== issuer)
    throw new Error(`${url} is not the OpenID configuration of ${issuer}.`);
  if (!isTrustworthyUrl(parsed.output.jwks_uri)) throw new Error(`${url} names keys that are not on https.`);
  return parsed.output.jwks_uri;
}
