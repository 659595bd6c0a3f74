import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What stands in front of a server, and how it is today. */
export interface AppFront {
  /** The one address of app and server: `http://127.0.0.1:port`. */
  readonly address: string;
  /** Where requests go from now on. */
  forwardTo(server: string): void;
  /** How it answers from now on. What hangs is answered as soon as it is anything else. */
  be(mood: Mood): void;
  /** Gives another service worker from now on, in which one file of the app has another name, and the former is gone. */
  release(version: Release): void;
  close(): Promise<void>;
}

export type Mood =
  /** Everything goes through. */
  | 'open'
  /** Takes requests and answers none. */
  | 'hanging'
  /** Leads whoever has not logged in to a login at another address, as Cloudflare Access does. */
  | 'behind a login'
  /** 401, as other proxies do. */
  | 'refusing';

export interface Release {
  readonly renamed: { readonly from: string; readonly to: string };
}

const cookie = 'edge=let-through';

export async function startAppFront(): Promise<AppFront> {
  let server = '';
  let mood: Mood = 'open';
  let release: Release | null = null;
  const hanging = new Set<() => void>();

  const front = createServer((incoming, outgoing) => {
    const answer = (): void => {
      const hasCookie = incoming.headers.cookie?.includes(cookie) === true;
      const path = incoming.url ?? '/';
      if (path.startsWith('/cdn-cgi/')) letThrough(path, outgoing);
      else if (mood === 'hanging') hanging.add(answer);
      else if (mood === 'refusing') outgoing.writeHead(401).end();
      else if (mood === 'behind a login' && !hasCookie)
        redirect(outgoing, `${login.address}?to=${encodeURIComponent(path)}`);
      else forward({ server, release }, incoming, outgoing);
    };
    answer();
  });
  const address = await listen(front);
  const login = await startLogin((to) => `${address}/cdn-cgi/let-through?to=${encodeURIComponent(to)}`);
  return {
    address,
    forwardTo: (next) => {
      server = next;
    },
    be: (next) => {
      mood = next;
      const waiting = [...hanging];
      hanging.clear();
      for (const answer of waiting) answer();
    },
    release: (next) => {
      release = next;
    },
    close: async () => {
      await Promise.all([end(front), login.close()]);
    },
  };
}

/** The page of an identity provider: one button. */
async function startLogin(comeBack: (to: string) => string) {
  const site = createServer((incoming, outgoing) => {
    const to = new URL(incoming.url ?? '/', 'http://login').searchParams.get('to') ?? '/';
    outgoing.writeHead(200, { 'content-type': 'text/html' });
    outgoing.end(`<!doctype html><title>Log in</title><a href="${comeBack(to)}">Log in</a>`);
  });
  const address = await listen(site);
  return { address: `${address}/`, close: () => end(site) };
}

function letThrough(path: string, outgoing: ServerResponse): void {
  outgoing.setHeader('set-cookie', `${cookie}; Path=/; HttpOnly`);
  redirect(outgoing, new URL(path, 'http://front').searchParams.get('to') ?? '/');
}

function redirect(outgoing: ServerResponse, location: string): void {
  outgoing.writeHead(302, { location }).end();
}

/** As a proxy that keeps the `Host`: the server is told its public address. */
function forward(
  { server, release }: { readonly server: string; readonly release: Release | null },
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const { method, headers, url = '/' } = incoming;
  if (release !== null && url.endsWith(release.renamed.from)) {
    outgoing.writeHead(404).end();
    return;
  }
  const path = release === null ? url : url.replace(release.renamed.to, release.renamed.from);
  const plain = url.endsWith('service-worker.js')
    ? { 'accept-encoding': 'identity', 'if-none-match': '' }
    : {};
  const passed = request(new URL(path, server), { method, headers: { ...headers, ...plain } }, (answer) => {
    if (release !== null && url.endsWith('service-worker.js')) void sendReleased(release, answer, outgoing);
    else {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    }
  });
  passed.on('error', () => outgoing.destroy());
  outgoing.on('close', () => passed.destroy());
  incoming.pipe(passed);
}

async function sendReleased(
  { renamed }: Release,
  answer: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const source = (await answer.setEncoding('utf8').toArray()).join('');
  const next = source
    .replaceAll(renamed.from, renamed.to)
    .replace(/dataans [0-9a-f]{16}/, 'dataans of-another-version');
  outgoing.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' }).end(next);
}

async function listen(site: Server): Promise<string> {
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const bound = site.address();
  if (bound === null || typeof bound === 'string') throw new Error('The front has no port.');
  return `http://127.0.0.1:${bound.port}`;
}

async function end(site: Server): Promise<void> {
  site.closeAllConnections();
  site.close();
  await once(site, 'close');
}
