/** Both tokens are kept under this name: the application's on its host, the person's on the team domain. */
export const sessionCookie = 'CF_Authorization';

/** The value of a cookie that a request brought; `null` where there is none. */
export function findCookie(header: string | undefined, name: string): string | null {
  const found = (header ?? '').split(';').find((pair) => pair.trim().startsWith(`${name}=`));
  return found === undefined ? null : found.slice(found.indexOf('=') + 1).trim();
}

export interface CookieOptions {
  readonly maxAgeMs: number;
  readonly isHttpOnly: boolean;
}

/** Goes with requests from anywhere, as the real one does unless told otherwise. */
export function formatCookie(name: string, value: string, { maxAgeMs, isHttpOnly }: CookieOptions): string {
  const maxAge = Math.floor(maxAgeMs / 1_000);
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; Secure; SameSite=None${isHttpOnly ? '; HttpOnly' : ''}`;
}
