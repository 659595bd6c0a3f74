import {
  bytesToHex,
  encodeFrames,
  equalBytes,
  extendChain,
  limits,
  startChain,
  uuidToBytes,
  type Frame,
  type Hash,
  type LogId,
} from '@dataans/core';
import { createHeadListeners } from './head-listeners.ts';
import type { LogHead, LogStore } from './log-store.ts';

interface Entry {
  readonly frame: Frame;
  readonly chain: Uint8Array;
}

/** A log that lasts as long as the process: for tests and simulations. */
export function createMemoryLog({ log, hash }: { readonly log: LogId; readonly hash: Hash }): LogStore {
  const listeners = createHeadListeners();
  const start = startChain(hash, log);
  const entries: Entry[] = [];
  const entryByIdHex = new Map<string, Entry>();
  let record: Uint8Array | null = null;

  const chainAt = (seq: number) => (seq === 0 ? start : (entries[seq - 1]?.chain ?? null));
  const head = (): LogHead => ({ log, seq: entries.length, chain: entries.at(-1)?.chain ?? start });

  return {
    id: log,
    head: async () => head(),
    chainAt: async (seq) => chainAt(seq),
    append: async (envelopes) => {
      const before = entries.length;
      const staged = new Map<string, Entry>();
      const already: number[] = [];
      let chain = head().chain;
      for (const [place, envelope] of envelopes.entries()) {
        const idHex = bytesToHex(envelope.id);
        const known = entryByIdHex.get(idHex) ?? staged.get(idHex);
        if (known === undefined) {
          chain = extendChain(hash, chain, envelope.id, hash(envelope.body));
          staged.set(idHex, { frame: copyFrame(envelope), chain });
        } else if (equalBytes(known.frame.body, envelope.body)) already.push(place);
        else return { ok: false, conflict: place };
      }
      for (const [idHex, entry] of staged) {
        entries.push(entry);
        entryByIdHex.set(idHex, entry);
      }
      if (staged.size > 0) listeners.notify(head());
      return { ok: true, before, head: head(), already };
    },
    readPage: async ({ after, chain, operationsMax, bytesMax }) => {
      const known = chainAt(after);
      if (known === null || (chain !== null && !equalBytes(known, chain)))
        return { ok: false, code: 'log-diverged' };
      const frames = entries.slice(after, after + operationsMax).map((entry) => entry.frame);
      return { ok: true, frames: encodeFrames(takePage(frames, bytesMax)), head: entries.length };
    },
    missing: async (ids) => ids.filter((id) => !entryByIdHex.has(bytesToHex(uuidToBytes(id)))),
    account: async () => record,
    putAccount: async (bytes, condition) => {
      const holds =
        condition.kind === 'absent'
          ? record === null
          : record !== null && equalBytes(hash(record), condition.hash);
      if (holds) record = Uint8Array.from(bytes);
      return holds;
    },
    subscribe: listeners.subscribe,
    close: async () => {},
  };
}

/** As many as fit, and one at least. // SRV-13 */
function takePage(frames: readonly Frame[], bytesMax: number): readonly Frame[] {
  let bytes = 0;
  const tooMany = frames.findIndex((frame, index) => {
    bytes += limits.frameHeaderBytes + frame.body.length;
    return bytes > bytesMax && index > 0;
  });
  return tooMany === -1 ? frames : frames.slice(0, tooMany);
}

function copyFrame(frame: Frame): Frame {
  return { kind: frame.kind, id: Uint8Array.from(frame.id), body: Uint8Array.from(frame.body) };
}
