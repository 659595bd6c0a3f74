import {
  bytesToHex,
  encodeFrames,
  equalBytes,
  limits,
  startChain,
  uuidToBytes,
  type Frame,
  type Hash,
  type LogId,
} from '@dataans/core';
import type { HeadListener } from './head-feed.ts';
import type { LogHead, LogStore } from './log-store.ts';
import { planAppend, type LogEntry } from './plan-append.ts';

interface Entry {
  readonly frame: Frame;
  readonly chain: Uint8Array;
}

/** A log that lasts as long as the process: for tests and simulations. */
export function createMemoryLog({
  log,
  hash,
  onAppended = () => {},
}: {
  readonly log: LogId;
  readonly hash: Hash;
  /** Hears the head after each append that moved it. Default: nobody. */
  readonly onAppended?: HeadListener;
}): LogStore {
  const start = startChain(hash, log);
  const entries: Entry[] = [];
  const hashByIdHex = new Map<string, Uint8Array>();
  let record: Uint8Array | null = null;

  const chainAt = (seq: number) => (seq === 0 ? start : (entries[seq - 1]?.chain ?? null));
  const head = (): LogHead => ({ log, seq: entries.length, chain: entries.at(-1)?.chain ?? start });

  return {
    id: log,
    head: async () => head(),
    chainAt: async (seq) => chainAt(seq),
    chainsAt: async (after, count) => entries.slice(after, after + count).map(({ chain }) => chain),
    append: async (envelopes) => {
      const plan = planAppend(hash, head(), envelopes, hashByIdHex);
      for (const entry of plan.entries) {
        entries.push({ frame: copyOf(entry), chain: entry.chain });
        hashByIdHex.set(bytesToHex(entry.id), hash(entry.body));
      }
      if (plan.entries.length > 0) onAppended(head());
      return plan.appended;
    },
    readPage: async ({ after, chain, operationsMax, bytesMax }) => {
      const known = chainAt(after);
      if (known === null || (chain !== null && !equalBytes(known, chain)))
        return { ok: false, code: 'log-diverged' };
      const frames = entries.slice(after, after + operationsMax).map((entry) => entry.frame);
      return { ok: true, frames: encodeFrames(takePage(frames, bytesMax)), head: entries.length };
    },
    missing: async (ids) => ids.filter((id) => !hashByIdHex.has(bytesToHex(uuidToBytes(id)))),
    account: async () => record,
    putAccount: async (bytes, condition) => {
      const holds =
        condition.kind === 'absent'
          ? record === null
          : record !== null && equalBytes(hash(record), condition.hash);
      if (holds) record = Uint8Array.from(bytes);
      return holds;
    },
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

function copyOf({ id, body }: LogEntry): Frame {
  return { kind: 'envelope', id: Uint8Array.from(id), body: Uint8Array.from(body) };
}
