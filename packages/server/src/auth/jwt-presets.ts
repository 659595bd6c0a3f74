/** What is known of a proxy or an issuer before anybody sets anything. */
export interface JwtPreset {
  /** For sentences. */
  readonly issuedBy: string;
  /** Where the token comes, in lower case. */
  readonly header: string;
  readonly algorithms: readonly string[];
  /** The claim that names the user. */
  readonly nameClaim: string;
  /** A token is issued for those only whom a policy of the proxy lets in to this very server. */
  readonly hasPolicy: boolean;
  /** The audience of a server at this `host:port`; `null` where nobody can know. */
  readonly audienceOf: (publicHost: string) => string | null;
  /** `null` where the operator has to say. */
  readonly issuerOf: (audience: string) => string | null;
  /** `null` where the issuer's OpenID configuration says. */
  readonly keysUrlOf: (audience: string) => string | null;
}

const unknown = () => null;

const openId = {
  header: 'authorization',
  algorithms: ['RS256', 'ES256'],
  nameClaim: 'email',
  hasPolicy: false,
  audienceOf: unknown,
  issuerOf: unknown,
  keysUrlOf: unknown,
} as const;

export const jwtPresets = {
  oidc: { ...openId, issuedBy: 'the identity provider' },
  'oauth2-proxy': { ...openId, issuedBy: 'oauth2-proxy' },
  // An e-mail address at Entra is what somebody typed; the sign-in name is of the tenant.
  azure: {
    ...openId,
    issuedBy: 'Azure App Service',
    header: 'x-ms-token-aad-id-token',
    algorithms: ['RS256'],
    nameClaim: 'preferred_username',
  },
  pomerium: {
    issuedBy: 'Pomerium',
    header: 'x-pomerium-jwt-assertion',
    algorithms: ['ES256'],
    nameClaim: 'email',
    hasPolicy: true,
    audienceOf: (publicHost) => publicHost,
    issuerOf: (audience) => audience,
    keysUrlOf: (audience) => `https://${audience}/.well-known/pomerium/jwks.json`,
  },
  'google-iap': {
    issuedBy: 'Google IAP',
    header: 'x-goog-iap-jwt-assertion',
    algorithms: ['ES256'],
    nameClaim: 'email',
    hasPolicy: true,
    audienceOf: unknown,
    issuerOf: () => 'https://cloud.google.com/iap',
    keysUrlOf: () => 'https://www.gstatic.com/iap/verify/public_key-jwk',
  },
} as const satisfies Readonly<Record<string, JwtPreset>>;

export type JwtPresetName = keyof typeof jwtPresets;

export function isJwtPresetName(name: string): name is JwtPresetName {
  return Object.hasOwn(jwtPresets, name);
}
