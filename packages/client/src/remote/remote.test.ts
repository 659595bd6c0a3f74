import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError } from '@dataans/core';
import { findingOf, IntegrityError } from '../findings/integrity-error.ts';
import { createInMemoryPorts } from '../testing/in-memory-ports.ts';
import { callRemote } from './call-remote.ts';
import { serveCalls } from './serve-calls.ts';

interface Work {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  readonly steps: number;
}

interface Toy {
  readonly sums: {
    add(left: number, right: number): Promise<number>;
    fail(kind: keyof typeof errors): Promise<never>;
    work(work: Work): Promise<string>;
    bytes(): Promise<Uint8Array>;
    uncloneable(): Promise<() => void>;
  };
  readonly live: {
    count(from: number, listener: (count: number) => void, onError?: (error: unknown) => void): () => void;
  };
  start(): Promise<void>;
}

const errors = {
  own: new DataansError('busy', 'Another tab syncs.', { advice: 'Wait.', cause: new RangeError('inner') }),
  finding: new IntegrityError({ kind: 'answers-contradict', concerns: {}, message: 'No.', advice: 'Look.' }),
  foreign: new TypeError('a fault in the program'),
};

/** A toy that is served at one end of a way and called at the other. */
function createWorld() {
  const kept = { started: 0, counting: 0, aborted: Promise.withResolvers<void>(), bytes: new Uint8Array(64) };
  const tellers = new Set<(count: number) => void>();
  const toy: Toy = {
    sums: {
      add: async (left, right) => left + right,
      fail: async (kind) => {
        throw errors[kind];
      },
      work: async ({ signal, onProgress, steps }) => {
        for (let done = 1; done <= steps; done += 1) onProgress?.(done, steps);
        if (signal === undefined) return 'done';
        signal.addEventListener('abort', () => kept.aborted.resolve());
        await kept.aborted.promise;
        throw signal.reason;
      },
      bytes: async () => kept.bytes,
      uncloneable: async () => () => undefined,
    },
    live: {
      count: (from, listener, onError) => {
        onError?.(errors.own);
        const tell = (count: number): void => listener(from + count);
        tellers.add(tell);
        kept.counting += 1;
        tell(0);
        return () => {
          tellers.delete(tell);
          kept.counting -= 1;
        };
      },
    },
    start: async () => {
      kept.started += 1;
    },
  };
  const [page, worker] = createInMemoryPorts();
  const serving = serveCalls(toy, worker);
  const remote = callRemote<Toy>(page, { subscriptions: ['live'], once: [] });
  const tell = (count: number): void => {
    for (const teller of tellers) teller(count);
  };
  return { ...remote, serving, kept, tell };
}

test('a call gets its own answer, in a group or not', async () => {
  const { served, kept } = createWorld();
  assert.deepEqual(await Promise.all([served.sums.add(1, 2), served.sums.add(3, 4)]), [3, 7]);
  assert.equal(await served.sums.add.bind(served, 1)(2), 3);
  await served.start();
  assert.equal(kept.started, 1);
});

test('[BRW-8] an error arrives with its code, its advice, its finding and its cause', async () => {
  const { served } = createWorld();
  await assert.rejects(served.sums.fail('own'), (error) => {
    assert.ok(error instanceof DataansError && error.cause instanceof Error);
    assert.deepEqual(
      [error.code, error.message, error.advice, error.cause.name, error.cause.message],
      ['busy', 'Another tab syncs.', 'Wait.', 'RangeError', 'inner'],
    );
    return true;
  });
  await assert.rejects(served.sums.fail('finding'), (error) => {
    assert.deepEqual(findingOf(error), errors.finding.finding);
    return error instanceof IntegrityError;
  });
  await assert.rejects(served.sums.fail('foreign'), { name: 'TypeError', message: 'a fault in the program' });
});

test('what the other end does not have, or gives as something else than plain values, is an error', async () => {
  const { served } = createWorld();
  const newer = served as unknown as Record<string, Record<string, () => Promise<void>>>;
  await assert.rejects(newer['sums']?.['subtract']?.() ?? Promise.resolve(), { code: 'invalid' });
  await assert.rejects(newer['sums']?.['toString']?.() ?? Promise.resolve(), { code: 'invalid' });
  await assert.rejects(newer['constructor']?.['create']?.() ?? Promise.resolve(), { code: 'invalid' });
  await assert.rejects(served.sums.uncloneable(), { code: 'invalid' });
  assert.equal(await served.sums.add(1, 1), 2);
});

test('[BRW-8] progress is told while a call runs', async () => {
  const { served } = createWorld();
  const told: string[] = [];
  const onProgress = (done: number, total: number) => told.push(`${done} of ${total}`);
  assert.equal(await served.sums.work({ steps: 2, onProgress }), 'done');
  assert.deepEqual(told, ['1 of 2', '2 of 2']);
});

test('[BRW-8] whoever aborts a call has its own reason at once, and the work at the other end is aborted', async () => {
  const { served, kept } = createWorld();
  const giving = new AbortController();
  const working = served.sums.work({ steps: 0, signal: giving.signal });
  giving.abort(new RangeError('no longer wanted'));
  await assert.rejects(working, { message: 'no longer wanted' });
  await kept.aborted.promise;
  await assert.rejects(served.sums.work({ steps: 0, signal: giving.signal }), {
    message: 'no longer wanted',
  });
});

test('[BRW-8] an error that is told to a listener is whole', async () => {
  const { served } = createWorld();
  const told = Promise.withResolvers<unknown>();
  served.live.count(0, () => undefined, told.resolve);
  const error = await told.promise;
  assert.ok(error instanceof DataansError);
  assert.deepEqual([error.code, error.advice], ['busy', 'Wait.']);
});

test('[BRW-8] a subscription tells until it is stopped, and is then over at the other end too', async () => {
  const { served, kept, tell } = createWorld();
  const counts: number[] = [];
  const stop = served.live.count(10, (count) => counts.push(count));
  await served.start();
  tell(1);
  await served.start();
  assert.deepEqual(counts, [10, 11]);
  tell(2);
  stop();
  await served.start();
  tell(3);
  await served.start();
  assert.deepEqual([counts, kept.counting], [[10, 11], 0]);
});

test('bytes of an answer are given away and not copied', async () => {
  const { served, kept } = createWorld();
  assert.equal((await served.sums.bytes()).length, 64);
  assert.equal(kept.bytes.length, 0);
});

test('[BRW-8] a caller that is closed fails what waits, and the other end stops what it does for it', async () => {
  const { served, kept, close, tell } = createWorld();
  const counts: number[] = [];
  served.live.count(0, (count) => counts.push(count));
  await served.start();
  const working = served.sums.work({ steps: 0, signal: new AbortController().signal });
  close(() => new DataansError('storage-unusable', 'This home was closed meanwhile.'));
  await assert.rejects(working, { code: 'storage-unusable' });
  await assert.rejects(served.sums.add(1, 2), { code: 'storage-unusable' });
  await kept.aborted.promise;
  tell(1);
  assert.deepEqual([counts, kept.counting], [[0], 0]);
});

test('[BRW-8] one who no longer serves aborts what runs and tells nothing more', async () => {
  const { served, kept, serving, tell } = createWorld();
  const counts: number[] = [];
  served.live.count(0, (count) => counts.push(count));
  await served.start();
  void served.sums.work({ steps: 0, signal: new AbortController().signal }).catch(() => undefined);
  await served.start();
  serving.close();
  await kept.aborted.promise;
  tell(1);
  assert.deepEqual([counts, kept.counting], [[0], 0]);
});
