import type { IncomingHttpHeaders } from 'node:http';

const ownNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/**
 * Whether a request comes from the app's own pages, or from nobody's. A page from elsewhere may ask this machine, too, under a name
 * of its own that leads here, or with what it lets a browser send: neither gets as far as the server. // CLI-14
 */
export function isFromApp(headers: IncomingHttpHeaders, port: number): boolean {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  if (!isForApp(headers, port)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether a page of the app may be shown to whoever comes with a link from elsewhere. */
export function isForApp(headers: IncomingHttpHeaders, port: number): boolean {
  const [name = '', hostPort = '80'] = (headers.host ?? '').split(':');
  return ownNames.has(name) && Number(hostPort) === port;
}
