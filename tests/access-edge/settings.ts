/** What the edge stands before, and how it behaves where the real one can be told or is not documented. */
export interface EdgeSettings {
  /** Port of the application's host; 0 takes any free one. */
  readonly port: number;
  /** Port of the team domain; 0 takes any free one. */
  readonly teamPort: number;
  /** Both speak TLS, with a certificate that only they vouch for. */
  readonly isTls: boolean;
  /** Where the application listens; `null` until it is known. */
  readonly origin: string | null;
  /** The AUD tag; `null` makes it from the application's address, so that it stays the same. */
  readonly audience: string | null;
  /** Who can log in at the team's identity provider, by e-mail. */
  readonly users: readonly string[];
  /** Those of them that the Allow policy of the application lets in. */
  readonly allowed: readonly string[];
  readonly serviceTokens: readonly ServiceToken[];
  /** A wrong service token is refused at once, and a right one gets no cookie. */
  readonly isStrict: boolean;
  /** Callers who are not logged in get 401, never the login page: the application has Service Auth policies only. */
  readonly isServiceAuthOnly: boolean;
  /** Beginnings of paths with a Bypass policy: nobody is asked who they are. */
  readonly bypassPaths: readonly string[];
  /** On those, a `Cf-Access-Jwt-Assertion` of the caller's own reaches the application. */
  readonly bypassKeepsAssertion: boolean;
  /** Scripts of the page cannot read the cookie. */
  readonly isCookieHttpOnly: boolean;
  readonly sessionMs: number;
  readonly teamSessionMs: number;
}

export interface ServiceToken {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A Service Auth policy of the application names it. */
  readonly isAllowed: boolean;
}

const dayMs = 24 * 60 * 60 * 1_000;

export const defaultSettings: EdgeSettings = {
  port: 0,
  teamPort: 0,
  isTls: false,
  origin: null,
  audience: null,
  users: ['you@example.org', 'guest@example.org'],
  allowed: ['you@example.org'],
  serviceTokens: [],
  isStrict: true,
  isServiceAuthOnly: false,
  bypassPaths: [],
  bypassKeepsAssertion: false,
  isCookieHttpOnly: true,
  sessionMs: dayMs,
  teamSessionMs: dayMs,
};
