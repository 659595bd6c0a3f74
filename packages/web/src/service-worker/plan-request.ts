/** What the worker knows of a request. */
export interface AppRequest {
  readonly method: string;
  readonly url: URL;
  readonly isNavigation: boolean;
}

/** What is done about a request. */
export type RequestPlan =
  /** As if there were no service worker. */
  | { readonly kind: 'pass' }
  /** From what is kept: of this version, or of the one before, which another tab may still show. */
  | { readonly kind: 'cached'; readonly path: string }
  /** The network for a moment, then the page that is kept. */
  | { readonly kind: 'navigate' }
  /** A piece of a file, which a page of this app that is open reads from its chunks. */
  | { readonly kind: 'file'; readonly file: string }
  /** Something that another app shared. */
  | { readonly kind: 'share' };

/** How long a navigation waits for the network: without it the app would never learn of a new version or a login. */
export const navigationWaitMs = 1_000;

const scope = '/app/';
/** Their names say their content, so that they are right whichever version asks. */
const assetsPath = `${scope}assets/`;
/** The one page, whatever the address below the scope. */
export const shellPath = scope;
const filePath = /^file\/([0-9a-f-]{36})$/;

/** @param kept paths that this version keeps, the page among them */
export function planRequest(request: AppRequest, origin: string, kept: ReadonlySet<string>): RequestPlan {
  const { method, url, isNavigation } = request;
  // Whatever lies outside is the server's: its API, its pages, the proxy's login.
  if (url.origin !== origin || !url.pathname.startsWith(scope)) return { kind: 'pass' };
  const path = url.pathname.slice(scope.length);
  if (method === 'POST' && path === 'share') return { kind: 'share' };
  if (method !== 'GET') return { kind: 'pass' };
  const file = filePath.exec(path)?.[1];
  if (file !== undefined) return { kind: 'file', file };
  if (isNavigation) return { kind: 'navigate' };
  const isKept = kept.has(url.pathname) || url.pathname.startsWith(assetsPath);
  return isKept ? { kind: 'cached', path: url.pathname } : { kind: 'pass' };
}

/** What came of a navigation: an answer of the network, or none in time. */
export type NavigationAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly isRedirect: boolean;
      readonly isPage: boolean;
    }
  | { readonly kind: 'none' };

/**
 * Whether the page that is kept is shown in the place of what the network said. A login is passed on only to
 * a person who asked for it: else the notes would be behind it, although they are here.
 */
export function usesShell(answer: NavigationAnswer, asksForLogin: boolean): boolean {
  if (answer.kind === 'none') return true;
  if (answer.isRedirect || answer.status === 401 || answer.status === 403) return !asksForLogin;
  return answer.status >= 400 || !answer.isPage;
}
