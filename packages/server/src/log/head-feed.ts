import type { LogId } from '@dataans/core';
import type { LogHead } from './log-store.ts';

export type HeadListener = (head: LogHead) => void;

/** News of the heads of logs, by whichever process they were moved. */
export interface HeadFeed {
  /**
   * Calls the listener with the newest head after appends to the log: in the end, at least once, and not for every
   * head. A notice can be lost with a connection, so a listener looks for itself now and then. Returns how to stop that.
   */
  subscribe(log: LogId, listener: HeadListener): () => void;
}

export interface LocalHeadFeed extends HeadFeed {
  notify(head: LogHead): void;
}

/** Tells the listeners of this process, in the same turn. */
export function createHeadFeed(): LocalHeadFeed {
  const listenersByLog = new Map<LogId, Set<HeadListener>>();
  return {
    subscribe: (log, listener) => {
      const listeners = listenersByLog.get(log) ?? new Set();
      listenersByLog.set(log, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && listenersByLog.get(log) === listeners) listenersByLog.delete(log);
      };
    },
    notify: (head) => {
      for (const listener of listenersByLog.get(head.log) ?? []) listener(head);
    },
  };
}
