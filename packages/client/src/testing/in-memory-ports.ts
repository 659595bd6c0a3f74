import type { Message } from '../remote/messages.ts';
import type { Port } from '../remote/port.ts';

/** Two ends of a way within one thread: what is posted is cloned, and arrives in a later turn. */
export function createInMemoryPorts(): readonly [Port, Port] {
  const left = new Set<(message: Message) => void>();
  const right = new Set<(message: Message) => void>();
  return [createEnd(right, left), createEnd(left, right)];
}

function createEnd(theirs: Iterable<(message: Message) => void>, own: Set<(message: Message) => void>): Port {
  return {
    post: (message, transfer = []) => {
      const arriving = structuredClone(message, { transfer: [...transfer] });
      queueMicrotask(() => {
        for (const listener of theirs) listener(arriving);
      });
    },
    listen: (listener) => {
      own.add(listener);
      return () => {
        own.delete(listener);
      };
    },
  };
}
