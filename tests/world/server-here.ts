import { join } from 'node:path';
import { startServer as startServerOf } from '@dataans/server';
import { readSettings, requireAuth } from '../../packages/server/src/config/read-settings.ts';
import { runProgram } from './program.ts';
import { serverProgram } from './repository.ts';
import { startServer, type ServerOptions, type TestServer } from './server.ts';
import { sharedStorage } from './several-servers.ts';
import type { World } from './world.ts';

/**
 * The real server in this process, with its own sockets and files: a process of its own takes longer to start than most
 * tests to run. It serves no app and writes no log.
 */
export async function startServerHere(
  world: World,
  options: Omit<ServerOptions, 'under'> = {},
): Promise<TestServer> {
  if (sharedStorage() !== null) return startServer(world, options);
  const dataFolder = options.dataFolder ?? join(world.folder, options.name ?? 'server');
  const env = { DATAANS_PORT: '0', DATAANS_DATA: dataFolder, ...options.env };
  const settings = readSettings(env, null, () => dataFolder);
  const { address, close } = await startServerOf({ ...settings, auth: requireAuth(settings) });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= close());
  world.defer(stop);
  return {
    address,
    dataFolder,
    stop,
    operate: (...args) => runProgram(world, [process.execPath, serverProgram, ...args], { env }),
  };
}
