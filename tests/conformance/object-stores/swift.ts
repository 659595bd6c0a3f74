import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { S3Place } from '../../../packages/server/src/chunks/chunk-place.ts';
import { freePort } from '../../world/free-port.ts';
import { runProgram, startProgram } from '../../world/program.ts';
import type { World } from '../../world/world.ts';

const kinds = ['account', 'container', 'object'] as const;

/** How often it is asked whether it listens, and how many times at most. */
const startPause = { ms: 200, times: 150 };

/** OpenStack Swift with its S3 API, which answers conditions on a PUT with 501: four programs and one disk. */
export async function startSwift(world: World): Promise<S3Place> {
  const devices = join(world.folder, 'devices');
  await mkdir(join(devices, 'disk'), { recursive: true });
  for (const kind of kinds) {
    const port = await freePort();
    await writeConfiguration(world, kind, serverConfiguration(world, kind, port, devices));
    await makeRing(world, kind, port);
    startServer(world, kind);
  }
  const port = await freePort();
  await writeConfiguration(world, 'proxy', proxyConfiguration(world, port));
  startServer(world, 'proxy');
  const endpoint = new URL(`http://127.0.0.1:${port}`);
  await waitUntilHealthy(endpoint);
  return {
    endpoint,
    region: 'moon-1',
    bucket: 'notes',
    prefix: 'of/somebody',
    keyId: 'test:tester',
    secret: 'testing',
  };
}

async function makeRing(world: World, kind: string, port: number): Promise<void> {
  const builder = `${kind}.builder`;
  const build = async (...words: readonly string[]): Promise<void> => {
    const { exitCode, stdout, stderr } = await runProgram(world, ['swift-ring-builder', builder, ...words], {
      cwd: world.folder,
    });
    if (exitCode !== 0) throw new Error(stdout + stderr);
  };
  await build('create', '2', '1', '1');
  await build('add', `r1z1-127.0.0.1:${port}/disk`, '1');
  await build('rebalance');
}

function startServer(world: World, kind: string): void {
  startProgram(world, [`swift-${kind}-server`, configurationPath(world, kind)], { isGroup: true });
}

function configurationPath({ folder }: World, kind: string): string {
  return join(folder, `${kind}-server.conf`);
}

function writeConfiguration(world: World, kind: string, lines: readonly string[]): Promise<void> {
  return writeFile(configurationPath(world, kind), `${lines.join('\n')}\n`);
}

function shared({ folder }: World, port: number): readonly string[] {
  return [
    '[DEFAULT]',
    'bind_ip = 127.0.0.1',
    `bind_port = ${port}`,
    `swift_dir = ${folder}`,
    `user = ${process.getuid?.() === 0 ? 'root' : (process.env['USER'] ?? 'nobody')}`,
    'workers = 0',
  ];
}

function serverConfiguration(world: World, kind: string, port: number, devices: string): readonly string[] {
  return [
    ...shared(world, port),
    `devices = ${devices}`,
    'mount_check = false',
    '[pipeline:main]',
    `pipeline = ${kind}-server`,
    `[app:${kind}-server]`,
    `use = egg:swift#${kind}`,
  ];
}

function proxyConfiguration(world: World, port: number): readonly string[] {
  const filters = [
    'catch_errors',
    'gatekeeper',
    'healthcheck',
    'memcache',
    'listing_formats',
    's3api',
    'tempauth',
    'slo',
    'dlo',
  ];
  return [
    ...shared(world, port),
    '[pipeline:main]',
    `pipeline = ${filters.join(' ')} proxy-server`,
    '[app:proxy-server]',
    'use = egg:swift#proxy',
    'account_autocreate = true',
    ...filters.flatMap((filter) => [
      `[filter:${filter}]`,
      `use = egg:swift#${filter}`,
      ...(settings[filter] ?? []),
    ]),
  ];
}

const settings: Readonly<Record<string, readonly string[]>> = {
  // Whoever is in its place refuses at once: the programs want to have it, and do without what is in it.
  memcache: ['memcache_servers = 127.0.0.1:1'],
  s3api: ['location = moon-1'],
  tempauth: ['user_test_tester = testing .admin'],
};

async function waitUntilHealthy(endpoint: URL): Promise<void> {
  for (let time = 0; time < startPause.times; time += 1) {
    const isHealthy = await fetch(new URL('/healthcheck', endpoint)).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isHealthy) return;
    await wait(startPause.ms);
  }
  throw new Error('Swift does not answer.');
}
