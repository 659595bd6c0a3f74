import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  bytesToUuid,
  chainFrames,
  equalBytes,
  limits,
  startChain,
  utf8ToBytes,
  type Frame,
  type OperationId,
} from '@dataans/core';
import { sha256 } from '../hash.ts';
import { envelopeFrame, envelopeFrames, framesOf } from '../testing/frames.ts';
import type { LogHead, LogStore } from './log-store.ts';

const wholePage = {
  after: 0,
  chain: null,
  operationsMax: limits.batchOperationsMax,
  bytesMax: limits.batchBytesMax,
};

/** What every log store must do. Each test opens an empty one. */
export function testLogStore(name: string, open: (test: TestContext) => Promise<LogStore>): void {
  test(`[SRV-9] ${name}: a new log has an id, no operation, and the chain that its id starts`, async (t) => {
    const log = await open(t);
    const head = await log.head();
    assert.equal(head.seq, 0);
    assert.equal(head.log, log.id);
    assert.deepEqual(bytes(head.chain), bytes(startChain(sha256, head.log)));
    assert.deepEqual(bytes(await log.chainAt(0)), bytes(head.chain));
  });

  test(`[SRV-9] ${name}: two logs never have the same id`, async (t) => {
    assert.notEqual((await open(t)).id, (await open(t)).id);
  });

  test(`[SRV-10] ${name}: a batch is stored in its order under the chain that core computes`, async (t) => {
    const log = await open(t);
    const start = await log.head();
    const frames = envelopeFrames('operation', 3);
    const chains = chainFrames(sha256, start.chain, frames);

    const first = await log.append(frames.slice(0, 1));
    const second = await log.append(frames.slice(1));

    assert.ok(first.ok && second.ok);
    assert.deepEqual([first.before, first.head.seq, second.before, second.head.seq], [0, 1, 1, 3]);
    assert.deepEqual(bytes(second.head.chain), bytes(chains[2]));
    for (const [index, chain] of chains.entries())
      assert.deepEqual(bytes(await log.chainAt(index + 1)), bytes(chain));
    assert.equal(await log.chainAt(4), null);
    assertSameFrames(await readAll(log), frames);
  });

  test(`[SRV-31] ${name}: the chains of many places are told at once, as far as the log goes`, async (t) => {
    const log = await open(t);
    const frames = envelopeFrames('operation', 4);
    const chains = chainFrames(sha256, (await log.head()).chain, frames).map(bytes);
    await log.append(frames);
    const behind = async (after: number, count: number) => (await log.chainsAt(after, count)).map(bytes);
    assert.deepEqual(await behind(0, 3), chains.slice(0, 3));
    assert.deepEqual(await behind(1, 1_000), chains.slice(1));
    assert.deepEqual(await behind(4, 10), []);
  });

  test(`[SRV-10] ${name}: an empty batch changes nothing`, async (t) => {
    const log = await open(t);
    const appended = await log.append([]);
    assert.ok(appended.ok);
    assert.deepEqual([appended.before, appended.head.seq, appended.already], [0, 0, []]);
  });

  test(`[SRV-11] ${name}: operations that are there already are reported and not stored again`, async (t) => {
    const log = await open(t);
    const [a, b, c] = threeFrames();
    await log.append([a, b]);
    const appended = await log.append([b, c, a]);
    assert.ok(appended.ok);
    assert.deepEqual(appended.already, [0, 2]);
    assert.deepEqual([appended.before, appended.head.seq], [2, 3]);
    assertSameFrames(await readAll(log), [a, b, c]);
  });

  test(`[SRV-11] ${name}: the same operation twice in one batch is stored once`, async (t) => {
    const log = await open(t);
    const [a, b] = threeFrames();
    const appended = await log.append([a, b, a]);
    assert.ok(appended.ok);
    assert.deepEqual(appended.already, [2]);
    assertSameFrames(await readAll(log), [a, b]);
  });

  test(`[SRV-11] ${name}: other bytes under a stored id refuse the whole batch`, async (t) => {
    const log = await open(t);
    const [a, b, c] = threeFrames();
    await log.append([a]);
    const before = await log.head();
    assert.deepEqual(await log.append([b, otherBytes(a), c]), { ok: false, code: 'conflict', place: 1 });
    assertSameHead(await log.head(), before);
    assertSameFrames(await readAll(log), [a]);
    assert.ok((await log.append([b, c])).ok);
    assertSameFrames(await readAll(log), [a, b, c]);
  });

  test(`[SRV-11] ${name}: other bytes under an id of the same batch refuse the whole batch`, async (t) => {
    const log = await open(t);
    const [a, b] = threeFrames();
    assert.deepEqual(await log.append([a, b, otherBytes(b)]), { ok: false, code: 'conflict', place: 2 });
    assert.deepEqual(await readAll(log), []);
  });

  test(`[SRV-10] ${name}: what was appended does not change with the arrays it came in`, async (t) => {
    const log = await open(t);
    const [a] = threeFrames();
    const mine = { ...a, id: Uint8Array.from(a.id), body: Uint8Array.from(a.body) };
    await log.append([mine]);
    mine.body.fill(0);
    mine.id.fill(0);
    assertSameFrames(await readAll(log), [a]);
  });

  test(`[SRV-13] ${name}: a page holds at most as many operations as asked for`, async (t) => {
    const log = await open(t);
    const frames = envelopeFrames('operation', 5);
    await log.append(frames);
    const page = await log.readPage({ ...wholePage, after: 1, operationsMax: 2 });
    assert.ok(page.ok);
    assert.equal(page.head, 5);
    assertSameFrames(framesOf(page), frames.slice(1, 3));
  });

  test(`[SRV-13] ${name}: a page stops before the byte that is too many`, async (t) => {
    const log = await open(t);
    const frames = envelopeFrames('operation', 4, 100);
    await log.append(frames);
    const frameBytes = 100 + limits.frameHeaderBytes;
    const exact = await log.readPage({ ...wholePage, bytesMax: 3 * frameBytes });
    const short = await log.readPage({ ...wholePage, bytesMax: 3 * frameBytes - 1 });
    assertSameFrames(framesOf(exact), frames.slice(0, 3));
    assertSameFrames(framesOf(short), frames.slice(0, 2));
  });

  test(`[SRV-13] ${name}: whatever bytes an operation is made of, a page holds them`, async (t) => {
    const log = await open(t);
    const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const frames: readonly Frame[] = [0x00, 0x22, 0x80, 0xff].map((byte) => ({
      kind: 'envelope',
      id: new Uint8Array(16).fill(byte),
      body: new Uint8Array([byte, ...everyByte, byte]),
    }));
    await log.append(frames);
    assertSameFrames(await readAll(log), frames);
  });

  test(`[SRV-13] ${name}: an operation larger than a page is a page of its own`, async (t) => {
    const log = await open(t);
    await log.append(envelopeFrames('operation', 2, 100));
    const page = await log.readPage({ ...wholePage, bytesMax: 10 });
    assert.equal(framesOf(page).length, 1);
  });

  test(`[SRV-13] ${name}: a page at the head is empty, one beyond it has diverged`, async (t) => {
    const log = await open(t);
    await log.append(envelopeFrames('operation', 2));
    assert.deepEqual(await log.readPage({ ...wholePage, after: 2 }), {
      ok: true,
      frames: new Uint8Array(),
      head: 2,
    });
    assert.deepEqual(await log.readPage({ ...wholePage, after: 3 }), { ok: false, code: 'log-diverged' });
  });

  test(`[SRV-13] ${name}: a page is given only behind the chain that the caller knows`, async (t) => {
    const log = await open(t);
    await log.append(envelopeFrames('operation', 2));
    const chain = await log.chainAt(1);
    assert.ok(chain !== null);
    assert.ok((await log.readPage({ ...wholePage, after: 1, chain })).ok);
    assert.ok(!(await log.readPage({ ...wholePage, after: 0, chain })).ok);
    assert.ok(!(await log.readPage({ ...wholePage, after: 2, chain })).ok);
  });

  test(`[SRV-10] ${name}: the ids that the log has not are told in the order asked`, async (t) => {
    const log = await open(t);
    const [a, b, c] = threeFrames();
    await log.append([b]);
    assert.deepEqual(await log.missing([idOf(c), idOf(b), idOf(a)]), [idOf(c), idOf(a)]);
  });

  test(`[SRV-7] ${name}: the account record is made once and kept byte for byte`, async (t) => {
    const log = await open(t);
    const record = utf8ToBytes('{ "any": "bytes" }\n');
    assert.equal(await log.account(), null);
    assert.equal(await log.putAccount(record, { kind: 'absent' }), true);
    assert.equal(await log.putAccount(utf8ToBytes('other'), { kind: 'absent' }), false);
    assert.deepEqual(bytes(await log.account()), bytes(record));
  });

  test(`[SRV-8] ${name}: the account record is replaced only over the one that is named`, async (t) => {
    const log = await open(t);
    const [first, second] = [utf8ToBytes('first'), utf8ToBytes('second')];
    const overFirst = { kind: 'matches', hash: sha256(first) } as const;
    assert.equal(await log.putAccount(second, overFirst), false);
    await log.putAccount(first, { kind: 'absent' });
    assert.equal(await log.putAccount(second, overFirst), true);
    assert.equal(await log.putAccount(first, overFirst), false);
    assert.deepEqual(bytes(await log.account()), bytes(second));
  });
}

function threeFrames(): readonly [Frame, Frame, Frame] {
  return [envelopeFrame('a'), envelopeFrame('b'), envelopeFrame('c')];
}

function otherBytes(frame: Frame): Frame {
  return { ...frame, body: frame.body.map((byte) => byte ^ 1) };
}

function idOf(frame: Frame): OperationId {
  return bytesToUuid<OperationId>(frame.id);
}

async function readAll(log: LogStore): Promise<readonly Frame[]> {
  return framesOf(await log.readPage(wholePage));
}

function assertSameFrames(actual: readonly Frame[], expected: readonly Frame[]): void {
  assert.equal(actual.length, expected.length);
  for (const [index, frame] of actual.entries()) {
    assert.equal(frame.kind, expected[index]?.kind);
    assert.deepEqual(bytes(frame.id), bytes(expected[index]?.id));
    assert.deepEqual(bytes(frame.body), bytes(expected[index]?.body));
  }
}

function assertSameHead(actual: LogHead, expected: LogHead): void {
  assert.equal(actual.seq, expected.seq);
  assert.ok(equalBytes(actual.chain, expected.chain));
}

/** A plain array, so that a Buffer and a Uint8Array compare as equals. */
function bytes(value: Uint8Array | null | undefined): readonly number[] | null {
  return value === null || value === undefined ? null : [...value];
}
