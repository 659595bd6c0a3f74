import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { chainFrames, equalBytes, limits, startChain, utf8ToBytes, type Frame } from '@dataans/core';
import { sha256 } from '../hash.ts';
import { envelopeFrame, envelopeFrames, framesOf } from '../testing/frames.ts';
import type { HeadFeed } from './head-feed.ts';
import type { Appended, LogHead, LogStore } from './log-store.ts';

/** A log as one process has it open. */
export interface OpenedLog {
  readonly log: LogStore;
  readonly heads: HeadFeed;
}

/** What must hold if two processes have one log open. Each test opens an empty one, twice. */
export function testLogPair(
  name: string,
  openTwo: (test: TestContext) => Promise<readonly [OpenedLog, OpenedLog]>,
): void {
  test(`[SRV-14] ${name}: listeners hear of the newest head, and nothing once they stop listening`, async (t) => {
    const [{ log, heads }] = await openTwo(t);
    const [a, b] = [envelopeFrame('a'), envelopeFrame('b')];
    const [staying, leaving] = [listenTo({ log, heads }), listenTo({ log, heads })];
    await log.append([a]);
    assertSameHead(await leaving.heardOf(1), await log.head());
    leaving.stop();
    await log.append([a]);
    assert.ok(!(await log.append([otherBytes(a)])).ok);
    await log.append([b]);
    assertSameHead(await staying.heardOf(2), await log.head());
    assert.equal(leaving.newest(), 1);
    staying.stop();
  });

  test(`[SRV-14] ${name}: a head that one moved is heard at the other`, async (t) => {
    const [one, other] = await openTwo(t);
    const listener = listenTo(other);
    await one.log.append(envelopeFrames('operation', 3));
    assertSameHead(await listener.heardOf(3), await one.log.head());
    listener.stop();
  });

  test(`[SRV-10] ${name}: batches of both at once become one whole chain`, async (t) => {
    const [one, other] = await openTwo(t);
    const batches = Array.from({ length: 20 }, (_, index) => envelopeFrames(`batch ${index}`, 3));
    const answers = await Promise.all(
      batches.map((batch, index) => (index % 2 === 0 ? one : other).log.append(batch)),
    );
    const frames = await readAll(one.log);
    const chains = chainFrames(sha256, startChain(sha256, one.log.id), frames);
    assert.equal(frames.length, 60);
    for (const [index, answer] of answers.entries())
      assertStored(answer, batches[index] ?? [], frames, chains);
    assert.deepEqual((await other.log.chainsAt(0, 100)).map(bytes), chains.map(bytes));
    assertSameHead(await other.log.head(), await one.log.head());
  });

  test(`[SRV-11] ${name}: the same batch from both is stored once`, async (t) => {
    const [one, other] = await openTwo(t);
    const batch = envelopeFrames('operation', 5);
    const answers = await Promise.all([one.log.append(batch), other.log.append(batch)]);
    const already = answers.flatMap((answer) => (answer.ok ? [answer.already.length] : []));
    assert.deepEqual(new Set(already), new Set([0, 5]));
    assert.deepEqual((await readAll(one.log)).map(idOf), batch.map(idOf));
  });

  test(`[SRV-11] ${name}: of two operations with one id from both at once, one is stored`, async (t) => {
    const [one, other] = await openTwo(t);
    const [mine, theirs] = [envelopeFrame('a'), otherBytes(envelopeFrame('a'))];
    const answers = await Promise.all([one.log.append([mine]), other.log.append([theirs])]);
    const stored = answers.filter((answer) => answer.ok);
    assert.equal(stored.length, 1);
    const winner = answers[0].ok ? mine : theirs;
    assert.deepEqual(
      (await readAll(other.log)).map(({ body }) => bytes(body)),
      [bytes(winner.body)],
    );
  });

  test(`[SRV-8] ${name}: of ten accounts made at once, one is`, async (t) => {
    const [one, other] = await openTwo(t);
    const records = Array.from({ length: 10 }, (_, index) => utf8ToBytes(`record ${index}`));
    const made = await Promise.all(
      records.map((record, index) =>
        (index % 2 === 0 ? one : other).log.putAccount(record, { kind: 'absent' }),
      ),
    );
    assert.equal(made.filter(Boolean).length, 1);
    assert.deepEqual(bytes(await other.log.account()), bytes(records[made.indexOf(true)]));
  });

  test(`[SRV-9] ${name}: what one stored the other has, under the same id`, async (t) => {
    const [one, other] = await openTwo(t);
    assert.equal(one.log.id, other.log.id);
    await one.log.append(envelopeFrames('operation', 2));
    await other.log.append(envelopeFrames('more', 2));
    assert.deepEqual((await readAll(one.log)).map(idOf), (await readAll(other.log)).map(idOf));
    assert.equal((await one.log.head()).seq, 4);
  });
}

/** Fails unless the batch lies where the answer says, under the chain that it names. */
function assertStored(
  answer: Appended,
  batch: readonly Frame[],
  frames: readonly Frame[],
  chains: readonly Uint8Array[],
): void {
  assert.ok(answer.ok);
  const { before, head } = answer;
  assert.deepEqual(frames.slice(before, head.seq).map(idOf), batch.map(idOf));
  assert.deepEqual(bytes(chains[head.seq - 1]), bytes(head.chain));
}

/** Keeps what a listener hears, which may come later than the append that it is about. */
function listenTo({ log, heads }: OpenedLog) {
  const heard: LogHead[] = [];
  let wake = () => {};
  const stop = heads.subscribe(log.id, (head) => {
    heard.push(head);
    wake();
  });
  const heardOf = async (seq: number): Promise<LogHead> => {
    for (;;) {
      const head = heard.find((one) => one.seq === seq);
      if (head !== undefined) return head;
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      await promise;
    }
  };
  return { stop, heardOf, newest: () => Math.max(...heard.map(({ seq }) => seq)) };
}

async function readAll(log: LogStore): Promise<readonly Frame[]> {
  const { batchOperationsMax: operationsMax, batchBytesMax: bytesMax } = limits;
  return framesOf(await log.readPage({ after: 0, chain: null, operationsMax, bytesMax }));
}

function otherBytes(frame: Frame): Frame {
  return { ...frame, body: frame.body.map((byte) => byte ^ 1) };
}

function idOf(frame: Frame): readonly number[] {
  return [...frame.id];
}

function assertSameHead(actual: LogHead, expected: LogHead): void {
  assert.equal(actual.seq, expected.seq);
  assert.ok(equalBytes(actual.chain, expected.chain));
}

function bytes(value: Uint8Array | null | undefined): readonly number[] {
  return [...(value ?? [])];
}
