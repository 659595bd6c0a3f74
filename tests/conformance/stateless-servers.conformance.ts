import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { after, test, type TestContext } from 'node:test';
import {
  bytesToHex,
  chainFrames,
  decodeFrames,
  encodeFrames,
  framesMediaType,
  paths,
  startChain,
} from '@dataans/core';
import { sha256 } from '../../packages/server/src/hash.ts';
import { afterTest } from '../../packages/server/src/testing/after-test.ts';
import { envelopeFrames } from '../../packages/server/src/testing/frames.ts';
import { requirePostgres, startPostgresServer } from '../../packages/server/src/testing/postgres-server.ts';
import { startProcess } from '../../packages/server/src/testing/server-process.ts';
import { headOf, newPlace, run } from './databases/server-places.ts';

const postgres = await startPostgresServer(requirePostgres());
after(() => postgres.stop());

function tryAppend(address: string, label: string): Promise<Response> {
  return fetch(`${address}${paths.operations}`, {
    method: 'POST',
    headers: { 'content-type': framesMediaType },
    body: new Uint8Array(encodeFrames(envelopeFrames(label, 1))),
  });
}

test('[SRV-101] with servers killed and the database restarted, nothing acknowledged is lost', async (t) => {
  const place = await newPlace(t, postgres);
  const servers = [await startProcess(t, place), await startProcess(t, place), await startProcess(t, place)];
  const proxy = await startProxy(
    t,
    servers.map(({ address }) => address),
  );
  const acknowledged = new Set<string>();
  const failures = new Set<number>();
  const write = async (label: string): Promise<void> => {
    for (;;) {
      const answer = await tryAppend(proxy, label).catch(() => null);
      if (answer?.ok === true) return void acknowledged.add(label);
      if (answer !== null) failures.add(answer.status);
    }
  };
  const writeMany = (round: string) =>
    Promise.all(
      ['a', 'b', 'c', 'd'].map(async (writer) => {
        for (let number = 0; number < 10; number += 1) await write(`${round} ${writer} ${number}`);
      }),
    );

  await writeMany('all well');
  const whileKilled = writeMany('one is killed');
  servers[0]?.process.kill('SIGKILL');
  await whileKilled;
  const whileRestarted = writeMany('the database restarts');
  await postgres.restart();
  await whileRestarted;

  // A gateway has no answer of a server that was killed; no server of ours said 500.
  assert.deepEqual(
    [...failures].filter((status) => status !== 502 && status !== 503),
    [],
  );
  const address = servers[1]?.address ?? '';
  const { log, head, chain } = await headOf(address);
  const page = await fetch(`${address}${paths.operations}?after=0`);
  const decoded = decodeFrames(new Uint8Array(await page.arrayBuffer()));
  assert.ok(decoded.ok);
  const ids = new Set(decoded.frames.map(({ id }) => bytesToHex(id)));
  assert.equal(acknowledged.size, 120);
  assert.equal(head, 120);
  for (const label of acknowledged)
    for (const { id } of envelopeFrames(label, 1)) assert.ok(ids.has(bytesToHex(id)), label);
  const chains = chainFrames(sha256, startChain(sha256, log), decoded.frames);
  assert.equal(bytesToHex(chains.at(-1) ?? new Uint8Array()), chain);
  assert.match(await run('check', place), /nothing is damaged/i);
});

/** Hands requests to the servers in turn, and answers 502 for one that is not there. */
async function startProxy(t: TestContext, addresses: readonly string[]): Promise<string> {
  let turn = 0;
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    turn += 1;
    const { pathname, search } = new URL(incoming.url ?? '/', 'http://proxy');
    const url = new URL(`${addresses[turn % addresses.length]}${pathname}${search}`);
    const headers = { ...incoming.headers, host: url.host };
    const passed = request(url, { method: incoming.method ?? 'GET', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    passed.on('error', () => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    });
    incoming.pipe(passed);
  };
  const proxy = createServer(pass);
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  afterTest(t, () => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const address = proxy.address();
  assert.ok(address !== null && typeof address === 'object');
  return `http://127.0.0.1:${address.port}`;
}
