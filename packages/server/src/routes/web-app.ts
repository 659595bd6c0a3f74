import type { AppRequest } from '@dataans/web/served/answer';
import { Refusal } from '../problems/refusal.ts';
import type { Route } from './route.ts';
import { strictTransportSecurity } from './strict-transport.ts';

const root = '/app/';

/** A file of the app, or the word that the browser has it. */
export interface AppFileAnswer {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | ReadableStream<Uint8Array> | null;
}

/** Answers for the app, wherever its files lie; with `null` if it has no such file. */
export type AnswerFromApp = (request: AppRequest) => AppFileAnswer | null | Promise<AppFileAnswer | null>;

export interface WebAppDependencies {
  readonly webApp: AnswerFromApp | null;
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
      handle: async (call) => {
        const path = new URL(call.req.url).pathname.slice(root.length);
        const asked = call.req.raw.headers;
        const answer = webApp && (await webApp({ path, header: (name) => asked.get(name) }));
        if (answer === null) throw new Refusal('not-found', explainMissing(webApp));
        const { status, headers, body } = answer;
        const length = body instanceof Uint8Array ? { 'content-length': String(body.length) } : {};
        // The files of the app never lie in shared memory.
        return new Response(body as Uint8Array<ArrayBuffer> | ReadableStream | null, {
          status,
          headers: { ...headers, ...length, ...strictTransportSecurity(publicUrl) },
        });
      },
    },
  ];
}

function explainMissing(webApp: AnswerFromApp | null): string {
  return webApp === null
    ? 'This server was started without the app. Build it with npm run build, and start the server again.'
    : 'The app has no such file.';
}
