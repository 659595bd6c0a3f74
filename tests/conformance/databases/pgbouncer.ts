import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresServer } from '../../../packages/server/src/testing/postgres-server.ts';
import { freePort } from '../../world/free-port.ts';
import { startProgram } from '../../world/program.ts';
import type { World } from '../../world/world.ts';

/** Nobody in particular: it does not run as root. */
const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

/** How often it is asked whether it listens, and how many times at most. */
const startPause = { ms: 100, times: 200 };

/** A pooler in front of all databases of a server, which gives a connection away after each transaction. Resolves to its port. */
export async function startPgBouncer(world: World, { port: serverPort }: PostgresServer): Promise<number> {
  const port = await freePort();
  const [settings, users] = [join(world.folder, 'pgbouncer.ini'), join(world.folder, 'users.txt')];
  await chmod(world.folder, 0o755);
  await writeFile(users, '"dataans" ""\n');
  await writeFile(
    settings,
    [
      '[databases]',
      `* = host=127.0.0.1 port=${serverPort}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${users}`,
      'pool_mode = transaction\n',
    ].join('\n'),
  );
  const program = startProgram(world, [...(process.getuid?.() === 0 ? asNobody : []), 'pgbouncer', settings]);
  await Promise.race([
    waitUntilListening(port),
    program.ended.then(({ stderr }) => {
      throw new Error(`PgBouncer ended: ${stderr}`);
    }),
  ]);
  return port;
}

/** The same database through another port. */
export function throughPort(address: string, port: number): string {
  const url = new URL(address);
  url.port = String(port);
  return url.href;
}

async function waitUntilListening(port: number): Promise<void> {
  for (let time = 0; time < startPause.times; time += 1) {
    const socket = connect(port, '127.0.0.1');
    const isListening = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isListening) return;
    await wait(startPause.ms);
  }
  throw new Error('PgBouncer does not listen.');
}
