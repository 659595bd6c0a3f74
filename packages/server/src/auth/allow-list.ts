import { is, listOption, mustBe } from '../options/option.ts';
import { refuseToStart, type SettingsOf } from './define-method.ts';
import { refuseCaller } from './refuse.ts';

/** Whom a proxy says that it has let through. */
export interface Person {
  readonly kind: 'user' | 'service';
  /** E-mail address or user name; the id of a service token. */
  readonly name: string;
}

/** A person as the issuer of a token knows them: by what stays when their name changes. */
export interface IssuedPerson extends Person {
  readonly id: string;
}

export const userOptions = {
  DATAANS_ALLOW_USERS: listOption(
    'e-mail addresses of the people who are allowed, as the identity provider writes them, with commas between them',
    (text) => is(text),
  ),
  DATAANS_ALLOW_DOMAINS: listOption('domains whose e-mail addresses are allowed', (text) =>
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(text)
      ? is(text)
      : mustBe('a domain in lower case, such as example.org'),
  ),
};

export const serviceOptions = {
  DATAANS_ALLOW_SERVICE_TOKENS: listOption(
    'client ids of the service tokens that are allowed; none unless set',
    (text) => is(text),
  ),
};

export type AllowList = Partial<SettingsOf<typeof userOptions & typeof serviceOptions>>;

/** Refuses to start without a list, where whoever comes through the proxy may be anybody. // AUTH-5 */
export function requireUserList(method: string, list: AllowList): void {
  if ((list.DATAANS_ALLOW_USERS ?? null) === null && (list.DATAANS_ALLOW_DOMAINS ?? null) === null)
    throw refuseToStart(
      `Refusing to start: ${method} says who somebody is, but not whether they are allowed here. Set DATAANS_ALLOW_USERS to the e-mail addresses that are.`,
    );
}

/**
 * Throws a `Refusal` unless the list has the person. Names are compared byte by byte: an address in other
 * case, or in letters that look the same, is another one. Without a list of users or domains every user passes;
 * service tokens pass only by name. // AUTH-9
 *
 * @param caller the hash of the person
 */
export function requireAllowed(person: Person, list: AllowList, caller: string | null = null): void {
  if (isAllowed(person, list)) return;
  throw refuseCaller(
    'not-allowed',
    person.kind === 'user'
      ? "You're signed in, but this server doesn't allow your account. Ask whoever runs it to add your e-mail address to DATAANS_ALLOW_USERS, spelled exactly as at sign-in."
      : "This server doesn't allow this service token. Ask whoever runs it to add the client id to DATAANS_ALLOW_SERVICE_TOKENS.",
    caller,
  );
}

function isAllowed({ kind, name }: Person, list: AllowList): boolean {
  if (kind === 'service') return (list.DATAANS_ALLOW_SERVICE_TOKENS ?? []).includes(name);
  const { DATAANS_ALLOW_USERS: users = null, DATAANS_ALLOW_DOMAINS: domains = null } = list;
  if (users === null && domains === null) return true;
  return (users ?? []).includes(name) || (domains ?? []).some((domain) => isOfDomain(name, domain));
}

function isOfDomain(name: string, domain: string): boolean {
  const [local, host, ...rest] = name.split('@');
  return local !== '' && host === domain && rest.length === 0;
}
