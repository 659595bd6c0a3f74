import type { LogHead } from './log-store.ts';

export interface HeadListeners {
  subscribe(listener: (head: LogHead) => void): () => void;
  notify(head: LogHead): void;
}

/** Who is told of a new head. */
export function createHeadListeners(): HeadListeners {
  const listeners = new Set<(head: LogHead) => void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    notify: (head) => {
      for (const listener of listeners) listener(head);
    },
  };
}
