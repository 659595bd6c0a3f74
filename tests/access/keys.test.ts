import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certsStates } from '../access-edge/certs-endpoint.ts';
import { makeAccount } from '../world/device.ts';
import { createWorld } from '../world/world.ts';
import { createBehindEdge, you, type BehindEdge } from './behind-edge.ts';

/** Asks the server who is calling, as somebody who logged in at the edge just now. */
async function askSession({ address, edge }: BehindEdge): Promise<Response> {
  return fetch(`${address}/v1/session`, { headers: { 'cf-access-token': edge.sessions.startUser(you) } });
}

async function assertUnavailable(answer: Response): Promise<void> {
  assert.equal(answer.status, 503, await answer.clone().text());
  assert.equal(answer.headers.get('dataans'), '1');
  assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
}

test('[AUTH-8] a device goes on syncing over one rotation of the keys after the other', async (t) => {
  const behind = await createBehindEdge(await createWorld(t));
  const { edge } = behind;
  const laptop = behind.device('laptop', behind.service);
  await makeAccount(laptop, behind.address);
  await laptop.done(['space', 'add', 'Inbox']);
  await edge.keys.rotate();
  assert.match((await laptop.done(['sync'])).stdout, /^Sent/);
  await edge.keys.rotate();
  await behind.restartServer(); // It asks for keys that it does not know at most twice a minute.
  await laptop.done(['note', 'add', 'second', '--space', 'Inbox']);
  assert.match((await laptop.done(['sync'])).stdout, /^Sent/);
  assert.equal(edge.certs.count(), 3, 'one question for each key');
});

for (const state of certsStates.filter((known) => known !== 'well'))
  test(`[AUTH-8] where the keys are ${state} a server says that it has none, and not that somebody may not come in`, async (t) => {
    const behind = await createBehindEdge(await createWorld(t));
    behind.edge.certs.become(state);
    await assertUnavailable(await askSession(behind));
    await assertUnavailable(await askSession(behind));
    assert.equal(behind.edge.certs.count(), 1, 'it does not ask again at once');
  });

test('[AUTH-8] keys that a server once had carry it through an outage, and over a restart in the middle of it', async (t) => {
  const behind = await createBehindEdge(await createWorld(t));
  const { edge } = behind;
  assert.equal((await askSession(behind)).status, 200);
  edge.certs.become('failing');
  assert.equal((await askSession(behind)).status, 200);
  await behind.restartServer();
  assert.equal((await askSession(behind)).status, 200);
  await edge.keys.rotate();
  await assertUnavailable(await askSession(behind));
});

test('[AUTH-8] a device that watches a server without keys loses nothing, and goes on when it has them again', async (t) => {
  const behind = await createBehindEdge(await createWorld(t));
  const { edge } = behind;
  const laptop = behind.device('laptop', behind.service);
  await makeAccount(laptop, behind.address);
  await laptop.done(['space', 'add', 'Inbox']);
  edge.certs.become('failing');
  await behind.restartServer({ forgetsKeys: true });
  const once = await laptop.run(['sync']);
  assert.equal(once.exitCode, 1, once.stderr);
  const watching = laptop.start(['sync', '--watch']);
  await watching.waitForLine((line) => line.includes('Trying again in'));
  edge.certs.become('well');
  await watching.waitForLine((line) => line.includes('Sent'));
  watching.kill('SIGINT');
  assert.equal((await watching.ended).exitCode, 0);
});
