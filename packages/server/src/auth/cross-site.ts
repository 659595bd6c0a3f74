import { Refusal } from '../problems/refusal.ts';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another site makes a browser send: whatever lets the browser in, a cookie
 * of a proxy or being on this machine, is not its permission. // SRV-26
 */
export function refuseCrossSite(request: Request, publicHost: string | null): void {
  if (safeMethods.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  if (site === 'cross-site' || site === 'same-site' || isForeignOrigin(request, publicHost))
    throw new Refusal(
      'forbidden',
      'This request comes from a page of another site. Only pages of this server may change anything here.',
      {},
      'cross-site',
    );
}

function isForeignOrigin(request: Request, publicHost: string | null): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return false;
  if (!URL.canParse(origin)) return true;
  const { host } = new URL(origin);
  return host !== publicHost && host !== (request.headers.get('host') ?? new URL(request.url).host);
}
