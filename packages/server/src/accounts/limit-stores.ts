import { bytesToHex, bytesToUuid, type Frame, type OperationId } from '@dataans/core';
import { createTurns } from '../chunks/turns.ts';
import { OverQuotaError } from '../stores/over-quota.ts';
import type { AccountStores } from './accounts.ts';

export interface Limit {
  /** Bytes that the account may have; `null`: as many as there is room for. Asked each time, because the operator may change it. */
  readonly quota: () => Promise<number | null>;
  /** Bytes of all operations in the log, counted once. */
  readonly operationBytes: () => Promise<number>;
}

/** Notes go on for a while when there is no room for files any more: a person can delete, and say what they delete. */
const operationsShare = 1.1;

/**
 * The stores of an account that has no more than a quota, in the only process that writes to them. What is there already is
 * acknowledged again, however full it is, and the account record is never refused. // SRV-117
 */
export function limitStores({ log, chunks }: AccountStores, { quota, operationBytes }: Limit): AccountStores {
  const turns = createTurns(1);
  const logBytes = createLogBytes(operationBytes);
  /** Of chunks that are arriving. */
  let arrivingBytes = 0;

  const usedBytes = async (): Promise<number> => (await logBytes.read()) + (await chunks.usage()).bytes;

  const requireRoom = async (envelopes: readonly Frame[], max: number): Promise<void> => {
    const used = await usedBytes();
    if (used + bytesOf(envelopes) <= max) return;
    const missing = new Set<OperationId>(await log.missing(envelopes.map(operationIdOf)));
    const fresh = envelopes.filter((envelope) => missing.has(operationIdOf(envelope)));
    if (fresh.length > 0 && used + bytesOf(fresh) > max) throw new OverQuotaError();
  };

  async function* bounded(body: AsyncIterable<Uint8Array>, max: number, count: (bytes: number) => void) {
    for await (const piece of body) {
      count(piece.length);
      if ((await usedBytes()) + arrivingBytes > max) throw new OverQuotaError();
      yield piece;
    }
  }

  return {
    log: {
      ...log,
      append: (envelopes) =>
        turns.take(async () => {
          const max = await quota();
          if (max !== null) await requireRoom(envelopes, max * operationsShare);
          const appended = await log.append(envelopes);
          if (appended.ok) {
            const already = new Set(appended.already);
            logBytes.add(bytesOf(envelopes.filter((_, place) => !already.has(place))));
          }
          return appended;
        }),
    },
    chunks: {
      ...chunks,
      put: async (name, body) => {
        const max = await quota();
        // One that is there takes no more room, and may need to be mended.
        if (max === null || (await chunks.size(name)) !== null) return chunks.put(name, body);
        let arrived = 0;
        const count = (bytes: number): void => {
          arrived += bytes;
          arrivingBytes += bytes;
        };
        try {
          return await chunks.put(name, bounded(body, max, count));
        } finally {
          arrivingBytes -= arrived;
        }
      },
    },
  };
}

/** Counts on the first question; a count that fails is tried again. */
function createLogBytes(count: () => Promise<number>) {
  let before: Promise<number> | null = null;
  let appended = 0;
  const countBefore = async (): Promise<number> => {
    const appendedUntilNow = appended;
    return (await count()) - appendedUntilNow;
  };
  return {
    read: async (): Promise<number> => {
      before ??= countBefore().catch((error: unknown) => {
        before = null;
        throw error;
      });
      return (await before) + appended;
    },
    add: (bytes: number): void => {
      appended += bytes;
    },
  };
}

function bytesOf(envelopes: readonly Frame[]): number {
  // The same operation twice in a batch is one.
  const sizes = new Map(envelopes.map(({ id, body }) => [bytesToHex(id), body.length]));
  return sizes.values().reduce((sum, bytes) => sum + bytes, 0);
}

function operationIdOf({ id }: Frame): OperationId {
  return bytesToUuid<OperationId>(id);
}
