import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInMemoryPorts } from '../testing/in-memory-ports.ts';
import { callRemote } from './call-remote.ts';
import { createRelay } from './create-relay.ts';
import { serveCalls } from './serve-calls.ts';

interface Toy {
  readonly notes: { add(text: string): Promise<string>; slow(): Promise<string>; rekey(): Promise<string> };
  readonly live: { count(listener: (count: number) => void): () => void };
}

/** One who serves the toy, and never answers what is slow. */
function createServer(name: string) {
  const asked: string[] = [];
  const tellers = new Set<(count: number) => void>();
  const never = new Promise<never>(() => undefined);
  const toy: Toy = {
    notes: {
      add: async (text) => {
        asked.push(`add ${text}`);
        return `${name} ${text}`;
      },
      slow: () => {
        asked.push('slow');
        return name === 'first' ? never : Promise.resolve(name);
      },
      rekey: () => {
        asked.push('rekey');
        return name === 'first' ? never : Promise.resolve(name);
      },
    },
    live: {
      count: (listener) => {
        tellers.add(listener);
        return () => tellers.delete(listener);
      },
    },
  };
  const [near, far] = createInMemoryPorts();
  serveCalls(toy, far);
  const tell = (count: number): void => {
    for (const teller of tellers) teller(count);
  };
  return { port: near, asked, tell };
}

function createWorld() {
  const shape = { subscriptions: ['live'], once: ['notes.rekey'] };
  const relay = createRelay(shape);
  return {
    relay,
    ...callRemote<Toy>(relay, shape),
    first: createServer('first'),
    second: createServer('second'),
  };
}

test('a call that is made before anybody serves is answered once somebody does', async () => {
  const { relay, served, first } = createWorld();
  const added = served.notes.add('a');
  assert.equal(relay.waiting(), 1);
  relay.use(first.port);
  assert.equal(await added, 'first a');
  assert.equal(relay.waiting(), 0);
});

test('[BRW-9] what one who served left open is asked of the next one, and what was answered is not', async () => {
  const { relay, served, first, second } = createWorld();
  relay.use(first.port);
  await served.notes.add('a');
  const slow = served.notes.slow();
  await served.notes.add('b');
  relay.use(null);
  relay.use(second.port);
  assert.equal(await slow, 'second');
  assert.deepEqual(second.asked, ['slow']);
});

test('[BRW-9] a call that must not be made twice fails if it is not known whether it was done', async () => {
  const { relay, served, first, second } = createWorld();
  relay.use(first.port);
  const doubtful = served.notes.rekey();
  await served.notes.add('a');
  relay.use(null);
  const certain = served.notes.rekey();
  relay.use(second.port);
  await assert.rejects(doubtful, { code: 'busy' });
  assert.equal(await certain, 'second');
  assert.deepEqual(second.asked, ['rekey']);
});

test('[BRW-9] subscriptions go on with the next one, and the former one is not heard any more', async () => {
  const { relay, served, first, second } = createWorld();
  const counts: number[] = [];
  relay.use(first.port);
  const stop = served.live.count((count) => counts.push(count));
  await served.notes.add('a');
  first.tell(1);
  await served.notes.add('b');
  relay.use(second.port);
  await served.notes.add('c');
  first.tell(2);
  second.tell(3);
  await served.notes.add('d');
  stop();
  await served.notes.add('e');
  second.tell(4);
  await served.notes.add('f');
  assert.deepEqual(counts, [1, 3]);
});
