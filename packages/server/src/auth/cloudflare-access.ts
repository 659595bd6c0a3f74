import type { JWTPayload } from 'jose';
import { is, listOption, mustBe, type Option } from '../options/option.ts';
import type { RefusalReason } from '../problems/refusal.ts';
import { serviceOptions, userOptions, type IssuedPerson } from './allow-list.ts';
import { defineAuthMethod, requireSettings } from './define-method.ts';
import { isTrustworthyUrl } from './signed-token/issuer-url.ts';
import { createSignedTokenAuth } from './signed-token/signed-token.ts';

const assertionHeader = 'cf-access-jwt-assertion';

const options = {
  DATAANS_ACCESS_TEAM: {
    help: 'team of Cloudflare Access: its name, or the whole domain such as myteam.cloudflareaccess.com',
    parse: (text) => {
      const origin = teamToOrigin(text.toLowerCase());
      return origin === null
        ? mustBe(
            'the name of a team, its domain such as myteam.cloudflareaccess.com, or its address with https://',
          )
        : is(origin);
    },
  } satisfies Option<string>,
  DATAANS_ACCESS_AUD: listOption(
    'application audience (AUD) tags of the Access applications in front of this server',
    (text) =>
      /^[0-9a-f]{64}$/.test(text) ? is(text) : mustBe('an AUD tag of 64 hexadecimal digits in lower case'),
  ),
  ...userOptions,
  ...serviceOptions,
};

/** Lets in whom Cloudflare Access has let through to one of the applications before this server. // AUTH-7 */
export const cloudflareAccessMethod = defineAuthMethod({
  options,
  configure: ({ DATAANS_ACCESS_TEAM, DATAANS_ACCESS_AUD, ...allow }) => {
    const { DATAANS_ACCESS_TEAM: team, DATAANS_ACCESS_AUD: audiences } = requireSettings(
      'cloudflare-access',
      {
        DATAANS_ACCESS_TEAM: [DATAANS_ACCESS_TEAM, 'the name of your team'],
        DATAANS_ACCESS_AUD: [DATAANS_ACCESS_AUD, "the application's AUD tag"],
      },
    );
    return (context) =>
      createSignedTokenAuth(
        {
          method: 'cloudflare-access',
          place: {
            header: assertionHeader,
            form: 'bare',
            issuedBy: 'Cloudflare Access',
            challenge: 'Cloudflare-Access',
          },
          demands: { issuers: [team], audiences, algorithms: ['RS256'] },
          keys: { kind: 'keys', url: `${team}/cdn-cgi/access/certs` },
          allow,
          readPerson,
          handOverAs: 'cf-access-token',
        },
        context,
      );
  },
});

/**
 * Access signs more than sign-ins with the same key, and hands it to anybody: only `app` is one. A user has a
 * subject and an e-mail address, a service token an empty subject and a name.
 */
function readPerson({ type, sub, email, common_name: name }: JWTPayload): IssuedPerson | RefusalReason {
  if (type !== 'app') return 'wrong-type';
  if (sub === '')
    return typeof name === 'string' && name !== '' && email === undefined
      ? { kind: 'service', name, id: name }
      : 'no-identity';
  return typeof sub === 'string' && typeof email === 'string' && email !== ''
    ? { kind: 'user', name: email, id: sub }
    : 'no-identity';
}

function teamToOrigin(text: string): string | null {
  if (/^[a-z0-9][a-z0-9-]*$/.test(text)) return `https://${text}.cloudflareaccess.com`;
  if (/^[a-z0-9][a-z0-9-]*(?:\.fed)?\.cloudflareaccess\.com$/.test(text)) return `https://${text}`;
  if (!isTrustworthyUrl(text)) return null;
  const { origin, pathname, search, hash } = new URL(text);
  return pathname === '/' && search === '' && hash === '' ? origin : null;
}
