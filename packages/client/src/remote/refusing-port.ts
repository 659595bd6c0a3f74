import type { CarriedError } from './carried-error.ts';
import type { Message } from './messages.ts';
import type { Port } from './port.ts';

/** Nobody is at the other end, and nobody will be: every call fails with this. */
export function createRefusingPort(error: CarriedError): Port {
  const listeners = new Set<(message: Message) => void>();
  return {
    post: ({ kind, id }) => {
      if (kind !== 'call') return;
      queueMicrotask(() => {
        for (const listener of listeners) listener({ kind: 'failure', id, error });
      });
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
