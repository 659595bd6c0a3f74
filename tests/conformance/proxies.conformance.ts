import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeFrames, framesMediaType, hashToChunkName, limits, paths } from '@dataans/core';
import { heartbeatMs } from '../../packages/server/src/routes/head-events.ts';
import { envelopeFrame } from '../../packages/server/src/testing/frames.ts';
import { freePort } from '../world/free-port.ts';
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

/** Longer than proxies keep a connection on which nothing comes. */
const idleMs = 120_000;

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
    const ask = await startBehind(await createWorld(t), proxy);

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

    const body = randomBytes(1_200_000);
    const tooLarge = await answerOf(() => ask(paths.chunk(name), { method: 'PUT', body }));
    assert.equal(tooLarge.status, 413);
    assert.equal((await ask('/health')).status, 200);
  });

/** A proxy that refuses a body closes the connection, and whoever still writes to it may see that before the answer. */
async function answerOf(ask: () => Promise<Response>, attemptsMax = 10): Promise<Response> {
  try {
    return await ask();
  } catch (error) {
    const { cause } = error as Error; // As `fetch` rejects.
    const isCut =
      cause instanceof Error && 'code' in cause && ['EPIPE', 'ECONNRESET'].includes(String(cause.code));
    if (!isCut || attemptsMax <= 1) throw error;
    return answerOf(ask, attemptsMax - 1);
  }
}

test('behind each of them, a stream with nothing to tell stays open for two minutes, and then tells what comes', async (t) => {
  await Promise.all(
    proxies.map(async (proxy) => {
      const ask = await startBehind(await createWorld(t), proxy);
      const stream = await ask('/v1/events');
      const events = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
      let [told, heartbeats] = ['', 0];
      while (heartbeats * heartbeatMs < idleMs) {
        const { value, done } = (await events?.read()) ?? { done: true };
        assert.ok(!done, `${proxy.name} ended the stream after ${heartbeats} heartbeats: ${told}`);
        told += value;
        heartbeats += value?.match(/^:$/gm)?.length ?? 0;
      }
      const body = encodeFrames([envelopeFrame(proxy.name)]) as Uint8Array<ArrayBuffer>;
      const sent = await ask(paths.operations, {
        method: 'POST',
        body,
        headers: { 'content-type': framesMediaType },
      });
      assert.equal(sent.status, 200, `${proxy.name}: ${await sent.text()}`);
      while (!told.includes('"head":1')) {
        const { value, done } = (await events?.read()) ?? { done: true };
        assert.ok(!done, `${proxy.name} ended the stream: ${told}`);
        told += value;
      }
      await events?.cancel();
    }),
  );
});

type Ask = (path: string, options?: RequestInit) => Promise<Response>;

/** A server with one device's token, asked through a proxy. */
async function startBehind(world: World, proxy: Proxy): Promise<Ask> {
  const server = await startServer(world, {
    env: { DATAANS_AUTH: 'token', DATAANS_PUBLIC_URL: 'https://notes.example.org' },
  });
  const token = /^dat_\S+$/m.exec((await server.operate('token', 'add', 'laptop')).stdout)?.[0] ?? '';
  const address = await startProxy(world, proxy, server.address);
  return (path, { headers, ...options } = {}) =>
    fetch(address + path, {
      ...options,
      headers: {
        authorization: `Bearer ${token}`,
        accept: '*/*',
        ...Object.fromEntries(new Headers(headers)),
      },
    });
}

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
