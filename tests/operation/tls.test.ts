import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { startServer } from '../../packages/server/src/start-server.ts';
import { createManualClock } from '../../packages/server/src/testing/manual-clock.ts';
import { createRecordedLogger } from '../../packages/server/src/testing/recorded-logger.ts';
import { createTlsIdentity } from '../access-edge/tls-identity.ts';
import { createWorld, type World } from '../world/world.ts';

const minuteMs = 60_000;

async function createFiles(world: World) {
  const tls = { cert: join(world.folder, 'cert.pem'), key: join(world.folder, 'key.pem') };
  const [first, second] = [await createTlsIdentity(Date.now()), await createTlsIdentity(Date.now())];
  await writeFile(tls.cert, first.cert);
  await writeFile(tls.key, first.key);
  return { tls, first, second };
}

/** Asks over a connection of its own, as a device that trusts this one certificate. */
async function ask(
  address: string,
  ca: string,
): Promise<{ readonly status: number | undefined; readonly shown: string }> {
  const asked = request(`${address}/health`, { ca, agent: false });
  asked.end();
  // Node's types know an answer as its event's arguments only.
  const [answer] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
  const shown = (answer.socket as TLSSocket).getPeerX509Certificate()?.toString() ?? '';
  answer.resume();
  await once(answer, 'end');
  return { status: answer.statusCode, shown };
}

test('[SRV-86] a server with a certificate speaks TLS, and takes a new pair when both files are there', async (t) => {
  const world = await createWorld(t);
  const { tls, first, second } = await createFiles(world);
  const [clock, logger] = [createManualClock(), createRecordedLogger()];
  const server = await startServer({ dataFolder: join(world.folder, 'server'), tls, clock, logger });
  world.defer(() => server.close());
  assert.match(server.address, /^https:/);
  assert.equal((await ask(server.address, first.cert)).shown, first.cert);

  await writeFile(tls.cert, second.cert);
  await clock.advance(2 * minuteMs);
  assert.equal((await ask(server.address, first.cert)).status, 200, 'the former pair stays');
  const warnings = logger.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
  assert.deepEqual(warnings, ['made a new data folder', 'certificate not read again']);

  await writeFile(tls.key, second.key);
  await clock.advance(minuteMs);
  assert.equal((await ask(server.address, second.cert)).shown, second.cert);
  await assert.rejects(ask(server.address, first.cert), /self-signed/);
});

test('[SRV-86] a server does not start with the key of another certificate, or without a file', async (t) => {
  const world = await createWorld(t);
  const { tls, second } = await createFiles(world);
  const dataFolder = join(world.folder, 'server');
  await writeFile(tls.key, second.key);
  await assert.rejects(startServer({ dataFolder, tls }), { message: /can't be used together/ });
  const none = { ...tls, key: join(world.folder, 'none.pem') };
  await assert.rejects(startServer({ dataFolder, tls: none }), {
    message: /^Can't read .*none\.pem.*Check DATAANS_TLS_KEY/,
  });
});
