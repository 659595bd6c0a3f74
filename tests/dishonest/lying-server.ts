import { join } from 'node:path';
import { createOnlyAccount } from '../../packages/server/src/accounts/accounts.ts';
import type { App } from '../../packages/server/src/answer-routes.ts';
import { createApp } from '../../packages/server/src/app.ts';
import { createLoopbackAuth } from '../../packages/server/src/auth/loopback.ts';
import { systemClock } from '../../packages/server/src/clock.ts';
import { listen } from '../../packages/server/src/listen/listen.ts';
import { serveApp } from '../../packages/server/src/listen/serve-app.ts';
import { stopServing } from '../../packages/server/src/listen/stop.ts';
import { silentLogger } from '../../packages/server/src/logging/logger.ts';
import { inProcess } from '../../packages/server/src/routes/route.ts';
import { openDataFolder } from '../../packages/server/src/storage/data-folder.ts';
import { quietSurroundings } from '../../packages/server/src/testing/quiet-surroundings.ts';
import { startServer } from '../world/server.ts';
import { sharedStorage } from '../world/several-servers.ts';
import type { World } from '../world/world.ts';

/** A request as a lie looks at it. */
export interface Asked {
  /** Method and path, without the name of a chunk: `GET /v1/operations`. */
  readonly line: string;
  readonly url: URL;
  readonly request: Request;
  /** The honest answer: the request takes effect where it is called. */
  honest(): Promise<Response>;
  /** What the honest server says to another request. */
  ask(path: string): Promise<Response>;
}

/** Answers in the place of an honest server; what is not its business it answers with `honest()`. */
export type Lie = (asked: Asked) => Promise<Response>;

export interface LyingServer {
  readonly address: string;
  /** From now on; `null` is the honest server again. */
  lie(lie: Lie | null): void;
  /** Answers that were other ones than the honest server's, since this lie began. */
  told(): number;
  /** Another real server on a data folder of its own, to answer in the place of the first. */
  openOther(dataFolder: string): Promise<App>;
  /** Where the honest server keeps its data. */
  readonly dataFolder: string;
}

/** The real server behind a real socket, with somebody in it who can put other answers in the place of its own. */
export async function startLyingServer(world: World): Promise<LyingServer> {
  const { server, port } = await listen({ host: '127.0.0.1', port: 0 });
  world.defer(() => stopServing(server));
  const open = async (dataFolder: string): Promise<App> => {
    const folder = await openDataFolder(dataFolder);
    world.defer(() => folder.close());
    const { authenticate } = createLoopbackAuth({ port, publicHost: null });
    const [accounts, { heads }] = [createOnlyAccount(folder), folder];
    return createApp({ ...quietSurroundings, accounts, heads, authenticate, clock: systemClock });
  };
  const dataFolder = join(world.folder, 'server');
  const honest =
    sharedStorage() === null ? await open(dataFolder) : relayTo((await startServer(world)).address);
  let lie: Lie | null = null;
  let told = 0;
  const address = `http://127.0.0.1:${port}`;
  const lying: App = {
    fetch: async (request, connection) => {
      if (lie === null) return honest.fetch(request, connection);
      const url = new URL(request.url);
      const sent: Response[] = [];
      const answer = await lie({
        line: `${request.method} ${url.pathname.replace(/\/chunks\/[0-9a-f]{64}$/, '/chunks/*')}`,
        url,
        request,
        honest: async () => {
          const response = await honest.fetch(request, connection);
          sent.push(response);
          return response;
        },
        ask: (path) => honest.fetch(new Request(`${address}${path}`), inProcess),
      });
      if (!sent.includes(answer)) told += 1;
      return answer;
    },
  };
  serveApp(server, lying, silentLogger);
  return {
    address,
    dataFolder,
    lie: (next) => {
      lie = next;
      told = 0;
    },
    told: () => told,
    openOther: open,
  };
}

/** Has servers elsewhere answer. */
function relayTo(address: string): App {
  return {
    fetch: async ({ url, method, headers, body: sent }, { body }) => {
      const { pathname, search } = new URL(url);
      const passed = new Headers(headers);
      passed.delete('host');
      passed.delete('content-length');
      const pieces = body ?? sent;
      const bytes =
        pieces === null || method === 'GET' || method === 'HEAD'
          ? null
          : Buffer.concat(await Array.fromAsync(pieces));
      return fetch(`${address}${pathname}${search}`, { method, headers: passed, body: bytes });
    },
  };
}
