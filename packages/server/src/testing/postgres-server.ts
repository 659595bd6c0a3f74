import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server of a test, in a folder of its own. */
export interface PostgresServer {
  readonly port: number;
  /** Makes an empty database, and says where it is. */
  makeDatabase(): Promise<string>;
  /** Runs SQL in a database as its owner, and gives what it prints. */
  sql(database: string, statement: string): string;
  /** As an operator does it: whoever is connected is thrown out. */
  restart(): Promise<void>;
  /** Starts a server that follows this one and stops with it, and gives its port. */
  startStandby(): Promise<number>;
  stop(): Promise<void>;
}

/** A database is some hundred files that PostgreSQL waits for: a disk would take most of the time. */
const memory = '/dev/shm';

/** Debian keeps the programs of each version below this folder. */
const debianFolder = '/usr/lib/postgresql';

/** Where PostgreSQL's own programs are; `null` if it is not installed. */
export function findPostgres(): string | null {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).map(Number) : [];
  const newest = versions.toSorted((left, right) => right - left)[0];
  return newest === undefined ? null : join(debianFolder, String(newest), 'bin');
}

/** The same for a test that cannot do without. */
export function requirePostgres(): string {
  const programs = findPostgres();
  if (programs === null) throw new Error('PostgreSQL is not installed.');
  return programs;
}

/** Of whichever version there is: it speaks to all of them. */
const psql = 'psql';

/** Starts a server on a free port of this machine, as a user who may do nothing else: it refuses root. */
export async function startPostgresServer(
  programs: string,
  settings: readonly string[] = [],
  within: string = existsSync(memory) ? memory : tmpdir(),
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(within, 'dataans-postgres-'));
  const data = join(folder, 'data');
  const port = await findFreePort();
  const asUser = userInfo().uid === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  const run = (words: readonly string[]): string => {
    const [program = '', ...rest] = [...asUser, ...words];
    return execFileSync(program, rest, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  };
  chmodSync(folder, 0o777);
  const init = ['--auth=trust', '--username=dataans', '--encoding=UTF8', '--locale=C', '--no-sync'];
  run([join(programs, 'initdb'), '-D', data, ...init]);
  const start = (dataFolder: string, atPort: number): Promise<ChildProcess> =>
    spawnServer([...asUser, join(programs, 'postgres'), '-D', dataFolder], folder, [
      `port=${atPort}`,
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${folder}`,
      ...settings,
    ]);
  let server = await start(data, port);
  const standbys: ChildProcess[] = [];
  const here = ['-h', folder, '-p', String(port), '-U', 'dataans'];
  const sql = (database: string, statement: string): string =>
    run([psql, '-X', '-A', '-t', '-v', 'ON_ERROR_STOP=1', ...here, '-d', database, '-c', statement]);
  let databases = 0;
  return {
    port,
    makeDatabase: async () => {
      databases += 1;
      sql('postgres', `CREATE DATABASE test_${databases}`);
      return `postgres://dataans@127.0.0.1:${port}/test_${databases}`;
    },
    sql,
    restart: async () => {
      await endServer(server);
      server = await start(data, port);
    },
    startStandby: async () => {
      const copy = join(folder, `standby-${standbys.length + 1}`);
      run([join(programs, 'pg_basebackup'), ...here, '-D', copy, '-R', '--checkpoint=fast', '--no-sync']);
      const atPort = await findFreePort();
      standbys.push(await start(copy, atPort));
      return atPort;
    },
    stop: async () => {
      await Promise.all([...standbys, server].map(endServer));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function endServer(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit');
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGINT');
  await ended;
}

async function spawnServer(
  [program = '', ...words]: readonly string[],
  cwd: string,
  settings: readonly string[],
): Promise<ChildProcess> {
  const options = settings.flatMap((setting) => ['-c', setting]);
  const server = spawn(program, [...words, ...options], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.setEncoding('utf8');
  for await (const piece of server.stderr.iterator({ destroyOnReturn: false })) {
    said += String(piece);
    if (/is ready to accept (read-only )?connections/.test(said)) {
      server.stderr.resume();
      return server;
    }
  }
  throw new Error(`PostgreSQL did not start: ${said}`);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has a port.');
  return address.port;
}
