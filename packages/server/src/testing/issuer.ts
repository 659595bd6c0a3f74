import {
  generateKeyPair,
  exportJWK,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
} from 'jose';

/** Signs tokens and publishes its keys, as an identity provider does. */
export interface TestIssuer {
  /** What `fetch` is to the server: answers at the addresses of the issuer. */
  readonly fetch: typeof fetch;
  /** Addresses that were fetched, in order. */
  readonly fetched: readonly string[];
  /** What is answered at an address. */
  publish(url: string, answer: () => Response | Promise<Response>): void;
  /** Publishes the current keys as a key set. */
  publishKeys(url: string): void;
  /** A new key signs from now on; the ones before stay published. */
  rotate(): Promise<void>;
  readonly key: () => SigningKey;
  sign(claims: object, header?: Partial<JWTHeaderParameters>): Promise<string>;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** @param alg `RS256` or `ES256` */
export async function createTestIssuer(alg = 'RS256'): Promise<TestIssuer> {
  let current = await makeSigningKey(alg, 'key-1');
  let published = [current.jwk];
  const answers = new Map<string, () => Response | Promise<Response>>();
  const fetched: string[] = [];
  return {
    fetched,
    key: () => current,
    fetch: async (input) => {
      const url = input instanceof Request ? input.url : String(input);
      fetched.push(url);
      return (await answers.get(url)?.()) ?? new Response('Not found', { status: 404 });
    },
    publish: (url, answer) => void answers.set(url, answer),
    publishKeys: (url) => void answers.set(url, () => Response.json({ keys: published })),
    rotate: async () => {
      current = await makeSigningKey(alg, `key-${published.length + 1}`);
      published = [current.jwk, ...published];
    },
    sign: (claims, header = {}) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg, kid: current.kid, typ: 'JWT', ...header })
        .sign(current.privateKey),
  };
}

export async function makeSigningKey(alg: string, kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}
