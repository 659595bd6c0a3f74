import type { JWTPayload } from 'jose';
import { is, listOption, mustBe, type Option } from '../options/option.ts';
import type { RefusalReason } from '../problems/refusal.ts';
import { requireUserList, userOptions, type IssuedPerson } from './allow-list.ts';
import { defineAuthMethod, refuseToStart, requireSettings, type SettingsOf } from './define-method.ts';
import { headerNameOption } from './header-name.ts';
import { isJwtPresetName, jwtPresets, type JwtPreset, type JwtPresetName } from './jwt-presets.ts';
import type { KeySource } from './signed-token/fetch-keys.ts';
import { isTrustworthyUrl } from './signed-token/issuer-url.ts';
import { createSignedTokenAuth } from './signed-token/signed-token.ts';

const presetNames = Object.keys(jwtPresets).join(', ');

/** With public keys only: with a shared secret, whoever checks could sign as well. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const options = {
  DATAANS_JWT_PRESET: {
    help: `whose tokens they are: ${presetNames}; oidc unless set`,
    parse: (text) => (isJwtPresetName(text) ? is(text) : mustBe(`one of ${presetNames}`)),
  } satisfies Option<JwtPresetName>,
  DATAANS_JWT_ISSUER: {
    help: 'issuer (iss) of the tokens, character by character',
    parse: (text) => (text === '' ? mustBe('the issuer of the tokens') : is(text)),
  } satisfies Option<string>,
  DATAANS_JWT_AUDIENCE: listOption('audiences (aud) that a token for this server has', (text) => is(text)),
  DATAANS_JWT_KEYS_URL: {
    help: "address of the issuer's key set (JWKS); found through its OpenID configuration unless set",
    parse: (text) => (isTrustworthyUrl(text) ? is(text) : mustBe('an address that begins with https://')),
  } satisfies Option<string>,
  DATAANS_JWT_HEADER: headerNameOption('header that carries the token; in Authorization, as a bearer token'),
  DATAANS_JWT_ALGORITHMS: listOption('algorithms that tokens may be signed with', (text) =>
    algorithms.includes(text) ? is(text) : mustBe(`one of ${algorithms.join(', ')}`),
  ),
  DATAANS_JWT_NAME_CLAIM: {
    help: 'claim that names the user; email unless set',
    parse: (text) => (text === '' ? mustBe('the name of a claim') : is(text)),
  } satisfies Option<string>,
  ...userOptions,
};

/** Lets in whom a proxy or an identity provider vouches for with a signed token. // AUTH-7 */
export const jwtMethod = defineAuthMethod({
  options,
  configure: (settings, { publicHost }) => {
    const preset: JwtPreset = jwtPresets[settings.DATAANS_JWT_PRESET ?? 'oidc'];
    const found = findAudiences(settings, preset, publicHost);
    const [audience = ''] = found ?? [];
    const { DATAANS_JWT_AUDIENCE: audiences, DATAANS_JWT_ISSUER: issuer } = requireSettings('jwt', {
      DATAANS_JWT_AUDIENCE: [found, 'the aud of a token for this server'],
      DATAANS_JWT_ISSUER: [
        settings.DATAANS_JWT_ISSUER ?? preset.issuerOf(audience),
        'the issuer (iss) of the tokens',
      ],
    });
    const header = settings.DATAANS_JWT_HEADER ?? preset.header;
    const nameClaim = settings.DATAANS_JWT_NAME_CLAIM ?? preset.nameClaim;
    const keys = findKeys(settings.DATAANS_JWT_KEYS_URL ?? preset.keysUrlOf(audience), issuer);
    if (!preset.hasPolicy) requireUserList(`a token of ${preset.issuedBy}`, settings);
    const isBearer = header === 'authorization';
    return (context) =>
      createSignedTokenAuth(
        {
          method: 'jwt',
          place: {
            header,
            form: isBearer ? 'bearer' : 'bare',
            issuedBy: preset.issuedBy,
            challenge: 'Bearer',
          },
          demands: {
            issuers: [issuer],
            audiences,
            algorithms: settings.DATAANS_JWT_ALGORITHMS ?? preset.algorithms,
          },
          keys,
          allow: settings,
          readPerson: (claims) => readPerson(claims, nameClaim),
          handOverAs: isBearer ? 'authorization' : null,
        },
        context,
      );
  },
});

function findAudiences(
  { DATAANS_JWT_AUDIENCE: set }: SettingsOf<typeof options>,
  preset: JwtPreset,
  publicHost: string | null,
): readonly string[] | null {
  const known = publicHost === null ? null : preset.audienceOf(publicHost);
  return set ?? (known === null ? null : [known]);
}

function findKeys(url: string | null, issuer: string): KeySource {
  if (url !== null) return { kind: 'keys', url };
  if (isTrustworthyUrl(issuer)) return { kind: 'issuer', url: issuer };
  throw refuseToStart(
    "Refusing to start: DATAANS_JWT_ISSUER doesn't begin with https://, so its keys can't be fetched safely. Set DATAANS_JWT_KEYS_URL as well.",
  );
}

/** A user has a subject and a name; an e-mail address that nobody has verified is no name. */
function readPerson(claims: JWTPayload, nameClaim: string): IssuedPerson | RefusalReason {
  const name = claims[nameClaim];
  if (typeof claims.sub !== 'string' || claims.sub === '') return 'no-identity';
  if (typeof name !== 'string' || name === '') return 'no-identity';
  const verified = claims['email_verified'];
  if (nameClaim === 'email' && verified !== undefined && verified !== true) return 'no-identity';
  return { kind: 'user', name, id: claims.sub };
}
