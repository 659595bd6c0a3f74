import type { ChunkName, DataansError } from '@dataans/core';
import { hasNoRoom } from './has-no-room.ts';
import { anotherLog, type Addressee } from './missing-chunks.ts';
import type { SyncRun } from './sync-run.ts';

/** Sends chunks that a server lacks, as long as it has room for them. */
export interface ChunkSender {
  /**
   * @param buffer of `chunkBytesMax` bytes, for this call alone
   * @throws DivergenceError if the server's log is another one
   */
  send(name: ChunkName, buffer: Uint8Array): Promise<ChunkOutcome>;
  /** How many went. */
  sent(): number;
  isFull(): boolean;
}

/** `absent`: it is not held here. */
export type ChunkOutcome = 'sent' | 'absent' | 'refused';

interface ChunkSenderOptions {
  /** How many there are to send, as far as is known now. */
  readonly total: () => number;
  /** Told of each refusal, and of a full server once. */
  readonly onRefused: (error: DataansError) => void;
}

export function createChunkSender(
  run: Pick<SyncRun, 'chunks' | 'connection' | 'signal' | 'onProgress'>,
  addressee: Addressee,
  { total, onRefused }: ChunkSenderOptions,
): ChunkSender {
  let [sent, bytes] = [0, 0];
  let isFull = false;
  return {
    send: async (name, buffer) => {
      run.signal.throwIfAborted();
      const sealed = isFull ? null : await run.chunks.get(name, buffer);
      if (sealed === null) return isFull ? 'refused' : 'absent';
      const stored = await run.connection.putChunk(addressee.log, name, sealed, run.signal);
      if (stored.ok) {
        sent += 1;
        bytes += sealed.length;
        // The sizes of the others show when they are read: for now, as large as those so far.
        run.onProgress({ phase: 'upload', done: bytes, total: Math.round((bytes / sent) * total()) });
        return 'sent';
      }
      if (stored.code === 'log-diverged') throw anotherLog(run, addressee);
      if (!isFull) onRefused(stored.error);
      isFull ||= hasNoRoom(stored.code);
      return 'refused';
    },
    sent: () => sent,
    isFull: () => isFull,
  };
}
