/** Where Access answers by itself, on the application's host and on the team domain. */
export const accessPaths = {
  certs: '/cdn-cgi/access/certs',
  login: '/cdn-cgi/access/login/',
  authorized: '/cdn-cgi/access/authorized',
  logout: '/cdn-cgi/access/logout',
} as const;

/** The address that a request asks for; `null` of what is none. */
export function requestUrl(target: string | undefined, origin: string): URL | null {
  const address = `${origin}${target ?? ''}`;
  return URL.canParse(address) ? new URL(address) : null;
}

/** Where to go on after a login: a path of the application, whatever was asked for. */
export function localPath(asked: string | null): string {
  return asked !== null && /^\/(?![/\\])/.test(asked) ? asked : '/';
}
