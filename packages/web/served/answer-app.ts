import { shellName, type AppFile, type WebApp } from './web-app.ts';

/** What is answered to a request for something of the app. */
export interface AppAnswer {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
  /** `null`: the browser has it. */
  readonly body: Uint8Array | null;
}

/**
 * Nothing from elsewhere, no script or style but the files of the app, and no text becomes code. Files of notes are
 * shown from `blob:` addresses. // SRV-72
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types dataans',
].join('; ');

/**
 * Where a login in front of the server leads back to, in the window that the app opened for it. With a policy that cuts it off from
 * its opener it could not close itself, nor could the app tell. It holds nothing. // SRV-72
 */
const signedInName = 'signed-in.html';

/** What a request for something of the app says. */
export interface AppRequest {
  /** Below `/app/`, as it was asked for. */
  readonly path: string;
  header(name: 'if-none-match' | 'accept-encoding'): string | null;
}

/** `null` if the app has no such file. // SRV-71 */
export function answerApp(app: WebApp, { path, header }: AppRequest): AppAnswer | null {
  const name = appFileName(path);
  const file = name === null ? undefined : app.files.get(name);
  if (name === null || file === undefined) return null;
  const headers = { ...appFileHeaders(name), etag: file.tag };
  if (header('if-none-match') === file.tag) return { status: 304, headers, body: null };
  const [encoding, body] = choose(file, header('accept-encoding') ?? '');
  const encoded = encoding === null ? {} : { 'content-encoding': encoding };
  return { status: 200, headers: { ...headers, 'content-type': file.mediaType, ...encoded }, body };
}

/** What goes with a file of the app, whoever sends it. // SRV-72 */
export function appFileHeaders(name: string): Readonly<Record<string, string>> {
  return {
    'cache-control': isImmutable(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': name === signedInName ? 'unsafe-none' : 'same-origin-allow-popups',
    'referrer-policy': 'no-referrer',
    vary: 'accept-encoding',
  };
}

/** Its name changes with its content. */
function isImmutable(name: string): boolean {
  return name.startsWith('assets/');
}

/** Files of notes have addresses that the service worker alone answers: the server has none of them. */
const filesOfNotes = 'file/';

/** Every other address of the app is its one page; what has a dot in its last name is a file. */
export function appFileName(path: string): string | null {
  if (path.startsWith(filesOfNotes)) return null;
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.includes('.') ? path : shellName;
}

function choose(
  { bytes, brotli, gzip }: AppFile,
  accepted: string,
): readonly ['br' | 'gzip' | null, Uint8Array] {
  if (brotli && accepts(accepted, 'br')) return ['br', brotli];
  if (gzip && accepts(accepted, 'gzip')) return ['gzip', gzip];
  return [null, bytes];
}

function accepts(accepted: string, encoding: string): boolean {
  return accepted
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .some((one) => one === encoding || (one.startsWith(`${encoding};`) && !/;\s*q=0(\.0*)?$/.test(one)));
}
