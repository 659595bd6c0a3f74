import { DataansError } from '@dataans/core';
import { carryError } from './carried-error.ts';
import type { Call, Message } from './messages.ts';
import type { Port } from './port.ts';
import { isSubscription, type RemoteShape } from './remote-shape.ts';

/** A way whose other end may change while calls are under way: the next one is asked what the last one left open. */
export interface Relay extends Port {
  /** From now on everything goes to this port; `null` keeps it until there is one. */
  use(port: Port | null): void;
  /** Calls that wait for an answer. Subscriptions don't. */
  waiting(): number;
}

interface Open {
  readonly call: Call;
  /** It was posted to some port, which may have done it. */
  isPosted: boolean;
}

/** Whoever was told of a call may be gone before answering it: so it can be made twice, and has to bear that. // BRW-9 */
export function createRelay(shape: RemoteShape): Relay {
  const open = new Map<number, Open>();
  const listeners = new Set<(message: Message) => void>();
  let used: Port | null = null;
  let stopListening = (): void => undefined;

  const deliver = (message: Message): void => {
    if (!open.has(message.id)) return;
    if (message.kind === 'answer' || message.kind === 'failure') open.delete(message.id);
    for (const listener of listeners) listener(message);
  };
  const ask = (asked: Open): void => {
    if (used === null) return;
    if (asked.isPosted && shape.once.includes(asked.call.path)) {
      deliver({ kind: 'failure', id: asked.call.id, error: carryError(leftOpen()) });
      return;
    }
    asked.isPosted = true;
    used.post(asked.call);
  };
  const begin = (asked: Open): void => {
    open.set(asked.call.id, asked);
    try {
      ask(asked);
    } catch (error) {
      open.delete(asked.call.id); // It cannot be cloned.
      throw error;
    }
  };

  return {
    post: (message) => {
      if (message.kind === 'call') {
        begin({ call: message, isPosted: false });
      } else if (open.delete(message.id)) used?.post(message);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    use: (port) => {
      stopListening();
      used = port;
      stopListening = port?.listen(deliver) ?? stopListening;
      for (const asked of open.values()) ask(asked);
    },
    waiting: () => [...open.values()].filter(({ call }) => !isSubscription(call.path, shape)).length,
  };
}

function leftOpen(): DataansError {
  return new DataansError('busy', 'The tab that did this was closed before it said whether it was done.', {
    advice: 'Check whether it was done, and try again if not.',
  });
}
