import { Refusal } from '../problems/refusal.ts';
import { shellName, type AppFile, type WebApp } from '../web-app/web-app.ts';
import { bytesResponse } from './responses.ts';
import type { Route } from './route.ts';
import { strictTransportSecurity } from './strict-transport.ts';

const root = '/app/';

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

export interface WebAppDependencies {
  readonly webApp: WebApp | null;
  readonly publicUrl: URL | null;
}

/** The app, below an address of its own, so that its service worker sees nothing else of the server. // SRV-71 */
export function webAppRoutes({ webApp, publicUrl }: WebAppDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/app',
      access: 'open',
      handle: () => new Response(null, { status: 308, headers: { location: root } }),
    },
    {
      method: 'GET',
      path: '/app/:path{.*}',
      access: 'open',
      handle: (call) => {
        const path = new URL(call.req.url).pathname.slice(root.length);
        const name = fileNameOf(path);
        const file = name === null ? undefined : webApp?.files.get(name);
        if (file === undefined) throw new Refusal('not-found', explainMissing(webApp));
        return fileResponse(file, call.req.raw.headers, strictTransportSecurity(publicUrl));
      },
    },
  ];
}

/** Files of notes have addresses that the service worker alone answers: the server has none of them. */
const filesOfNotes = 'file/';

/** Every other address of the app is its one page; what has a dot in its last name is a file. */
function fileNameOf(path: string): string | null {
  if (path.startsWith(filesOfNotes)) return null;
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.includes('.') ? path : shellName;
}

function explainMissing(webApp: WebApp | null): string {
  return webApp === null
    ? 'This server was started without the app. Build it with npm run build, and start the server again.'
    : 'The app has no such file.';
}

function fileResponse(
  file: AppFile,
  asked: Headers,
  moreHeaders: Readonly<Record<string, string>>,
): Response {
  const headers = {
    etag: file.tag,
    'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    vary: 'accept-encoding',
    ...moreHeaders,
  };
  if (asked.get('if-none-match') === file.tag) return new Response(null, { status: 304, headers });
  const [encoding, bytes] = choose(file, asked.get('accept-encoding') ?? '');
  return bytesResponse(bytes, file.mediaType, {
    ...headers,
    ...(encoding !== null && { 'content-encoding': encoding }),
  });
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
