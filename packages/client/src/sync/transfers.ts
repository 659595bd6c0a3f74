import type { EntityId } from '@dataans/core';

/** How far the content of a file has come on its way. */
export interface Transfer {
  readonly direction: 'send' | 'fetch';
  /** Of the content. */
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** What this program knows of chunks that are on their way; nothing of it outlives the program. */
export interface Transfers {
  /** Places of waiting revisions of files whose chunks the server has: they may be sent. // FIL-1 */
  ready(): ReadonlySet<number>;
  markReady(place: number): void;
  /** The server has these operations. */
  sent(places: readonly number[]): void;
  /** The server may have lost what it had. */
  startAnew(): void;
  /** `false` if it was asked before of the file with these chunks. */
  isFirstLook(file: EntityId, chunks: string): boolean;
  of(file: EntityId): Transfer | null;
  report(file: EntityId, transfer: Transfer): void;
  end(file: EntityId): void;
  /** Told whenever something about the file is no longer as it was; the listener only takes note of it. */
  onChange(listener: (file: EntityId) => void): () => void;
}

export function createTransfers(): Transfers {
  const ready = new Set<number>();
  const looked = new Map<EntityId, string>();
  const transferByFile = new Map<EntityId, Transfer>();
  const listeners = new Set<(file: EntityId) => void>();
  const tell = (file: EntityId): void => {
    for (const listener of listeners) listener(file);
  };
  return {
    ready: () => ready,
    markReady: (place) => {
      ready.add(place);
    },
    sent: (places) => {
      for (const place of places) ready.delete(place);
    },
    startAnew: () => {
      ready.clear();
    },
    isFirstLook: (file, chunks) => {
      if (looked.get(file) === chunks) return false;
      looked.set(file, chunks);
      return true;
    },
    of: (file) => transferByFile.get(file) ?? null,
    report: (file, transfer) => {
      transferByFile.set(file, transfer);
      tell(file);
    },
    end: (file) => {
      transferByFile.delete(file);
      tell(file);
    },
    onChange: (listener) => {
      const own = (file: EntityId): void => {
        listener(file);
      };
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
