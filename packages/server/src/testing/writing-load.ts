import { randomBytes } from 'node:crypto';
import { bytesToHex, bytesToUtf8, encodeFrames, framesMediaType, parseChunkName, paths } from '@dataans/core';
import { utf8ToBytes, type ChunkName, type Frame } from '@dataans/core';
import { nameOf } from '../chunks/chunk-store.contract.ts';

export interface WritingLoad {
  /** Ids, in hexadecimal, of the operations that were acknowledged up to now. */
  acknowledged(): readonly string[];
  /** Waits for so many more acknowledgements. */
  goOn(count: number): Promise<void>;
  /** Sends nothing more until the work is done. */
  pauseFor(work: () => Promise<void>): Promise<void>;
  /** Rejects where anything that was sent failed. */
  stop(): Promise<void>;
}

const writers = 3;

/** Devices that go on sending a chunk and then the operation that names it, as fast as they are answered. */
export function startWritingLoad(address: string): WritingLoad {
  const ids: string[] = [];
  const waiting = new Set<() => void>();
  const state = { stopped: false, paused: Promise.resolve() };
  const write = async (): Promise<void> => {
    for (; !state.stopped; await state.paused) {
      const chunk = new Uint8Array(randomBytes(1_000 + ids.length));
      const name = nameOf(chunk);
      await require2xx(fetch(address + paths.chunk(name), { method: 'PUT', body: chunk }));
      const id = randomBytes(16);
      const body = new Uint8Array(encodeFrames([{ kind: 'envelope', id, body: utf8ToBytes(name) }]));
      const headers = { 'content-type': framesMediaType };
      await require2xx(fetch(address + paths.operations, { method: 'POST', headers, body }));
      ids.push(bytesToHex(id));
      for (const wake of waiting) wake();
    }
  };
  const running = Promise.all(Array.from({ length: writers }, write));
  return {
    acknowledged: () => [...ids],
    goOn: async (count) => {
      const enough = ids.length + count;
      while (ids.length < enough) {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.add(resolve);
        await Promise.race([promise, running]);
        waiting.delete(resolve);
      }
    },
    pauseFor: (work) => {
      const working = work();
      state.paused = working.catch(() => undefined); // Whoever asked for the work is told.
      return working;
    },
    stop: async () => {
      state.stopped = true;
      await running;
    },
  };
}

/** The chunk that an operation of the load names. */
export function chunkOf({ body }: Frame): ChunkName {
  const name = parseChunkName(bytesToUtf8(body) ?? '');
  if (name === null) throw new TypeError('The operation is not one of the load.');
  return name;
}

async function require2xx(answer: Promise<Response>): Promise<void> {
  const { status, ok } = await answer;
  if (!ok) throw new Error(`The server answered ${status}.`);
}
