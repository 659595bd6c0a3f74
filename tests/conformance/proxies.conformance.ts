import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { hashToChunkName, limits, paths } from '@dataans/core';
import { runProgram, startProgram } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { startServer } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';

interface Proxy {
  readonly name: string;
  readonly file: string;
  /** What the file says about where people come in, and what it says in this test instead. */
  readonly listens: readonly [from: string, to: (port: number) => string];
  /** What stands around the file. */
  readonly around?: (site: string, folder: string) => string;
  readonly command: (configuration: string, folder: string) => readonly string[];
}

const proxies: readonly Proxy[] = [
  {
    name: 'nginx',
    file: 'nginx.conf',
    listens: ['listen 80;', (port) => `listen 127.0.0.1:${port};`],
    around: (site, folder) =>
      // Its workers would be somebody else, who may not enter this folder.
      `${process.getuid?.() === 0 ? 'user root;' : ''} pid ${folder}/pid; error_log stderr; events {} http { access_log off; ` +
      ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
        .join(' ') +
      `\n${site}}`,
    command: (path, folder) => ['/usr/sbin/nginx', '-p', folder, '-c', path, '-g', 'daemon off;'],
  },
  {
    name: 'Caddy',
    file: 'Caddyfile',
    listens: ['notes.example.org {', (port) => `http://:${port} {\n\tbind 127.0.0.1`],
    around: (site) => `{\n\tadmin off\n}\n${site}`,
    command: (path) => ['caddy', 'run', '--adapter', 'caddyfile', '--config', path],
  },
  {
    name: 'HAProxy',
    file: 'haproxy.cfg',
    listens: ['bind :80', (port) => `bind 127.0.0.1:${port}`],
    command: (path) => ['/usr/sbin/haproxy', '-db', '-f', path],
  },
];

for (const proxy of proxies)
  test(`behind ${proxy.name}, as deploy/proxies/${proxy.file} has it, a chunk goes in, events come at once, and 413 for more`, async (t) => {
    const world = await createWorld(t);
    const server = await startServer(world, {
      env: { DATAANS_AUTH: 'token', DATAANS_PUBLIC_URL: 'https://notes.example.org' },
    });
    const token = /^dat_\S+$/m.exec((await server.operate('token', 'add', 'laptop')).stdout)?.[0] ?? '';
    const address = await startProxy(world, proxy, server.address);
    const authorization = `Bearer ${token}`;
    const ask = (path: string, options: RequestInit = {}): Promise<Response> =>
      fetch(address + path, { ...options, headers: { authorization, accept: '*/*' } });

    const chunk = randomBytes(limits.chunkBytesMax);
    const name = hashToChunkName(createHash('sha256').update(chunk).digest());
    const stored = await ask(paths.chunk(name), { method: 'PUT', body: chunk });
    assert.equal(stored.status, 201, await stored.text());
    assert.deepEqual(Buffer.from(await (await ask(paths.chunk(name))).arrayBuffer()), chunk);

    const events = new AbortController();
    const stream = await ask('/v1/events', { signal: events.signal });
    const first = await stream.body?.getReader().read();
    assert.match(Buffer.from(first?.value ?? []).toString('utf8'), /data:/);
    events.abort();

    const tooLarge = await ask(paths.chunk(name), { method: 'PUT', body: randomBytes(1_200_000) });
    assert.equal(tooLarge.status, 413);
    assert.equal((await ask('/health')).status, 200);
  });

async function startProxy(world: World, proxy: Proxy, server: string): Promise<string> {
  const folder = join(world.folder, 'proxy');
  await mkdir(folder);
  const port = await freePort();
  const written = await readFile(join(repository, 'deploy/proxies', proxy.file), 'utf8');
  const [from, to] = proxy.listens;
  assert.ok(written.includes(from) && written.includes('127.0.0.1:8000'), written);
  const site = written.replace(from, to(port)).replace('127.0.0.1:8000', new URL(server).host);
  const path = join(folder, proxy.file);
  await writeFile(path, proxy.around?.(site, folder) ?? site);
  const program = startProgram(world, proxy.command(path, folder), {
    env: { XDG_DATA_HOME: folder },
    isGroup: true, // Workers hold what the first process printed to.
  });
  const address = `http://127.0.0.1:${port}`;
  await untilAnswered(world, address, program.ended);
  return address;
}

/** Asks until the port is open; fails when the proxy has ended. */
async function untilAnswered(
  world: World,
  address: string,
  ended: Promise<{ readonly stderr: string }>,
): Promise<void> {
  const curl = [
    'curl',
    '--silent',
    '--retry',
    '30',
    '--retry-connrefused',
    '--retry-delay',
    '1',
    '-o',
    '/dev/null',
    address,
  ];
  const early = await Promise.race([runProgram(world, curl).then(() => null), ended]);
  if (early !== null) assert.fail(early.stderr);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
