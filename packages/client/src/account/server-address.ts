import { DataansError } from '@dataans/core';

/**
 * The address of a server as a person types it, made regular: `https://` unless it says otherwise,
 * `http://` for this machine itself; a path is kept, a slash at its end is not. // ACC-5
 *
 * @throws DataansError `invalid`
 */
export function parseServerAddress(typed: string): string {
  const trimmed = typed.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed);
  const url = parseUrl(hasScheme ? trimmed : `${isThisMachine(trimmed) ? 'http' : 'https'}://${trimmed}`);
  if (url === null || url.hostname === '' || !/^https?:$/.test(url.protocol))
    throw invalid(`“${typed}” isn't a server address.`);
  if (url.username !== '' || url.password !== '')
    throw invalid('Leave the user name and password out of the address.');
  if (url.search !== '' || url.hash !== '')
    throw invalid(`“${typed}” isn't a server address: it has a “?” or a “#”.`);
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

/** Whether what is sent there can be read on its way: plain HTTP to another machine. */
export function isReadableOnItsWay(server: string): boolean {
  return server.startsWith('http://') && !isThisMachine(server.slice('http://'.length));
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isThisMachine(address: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/i.test(address);
}

function invalid(message: string): DataansError {
  return new DataansError('invalid', message, {
    advice: 'It looks like https://notes.example.org or http://127.0.0.1:8000.',
  });
}
