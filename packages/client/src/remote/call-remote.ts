import type { DataansError } from '@dataans/core';
import { createCaller, type Caller } from './caller.ts';
import { restoreError } from './carried-error.ts';
import { takeApart, type TakenApart } from './handed.ts';
import type { Message, Told } from './messages.ts';
import type { Port } from './port.ts';
import { isSubscription, type RemoteShape } from './remote-shape.ts';

export interface Remote<Served> {
  /** Each call is made at the other end. */
  readonly served: Served;
  /** Ends all subscriptions, and lets all that is waited for fail. */
  close(explain: () => DataansError): void;
}

/** A call or a subscription that is not over. */
interface Open {
  readonly kept: TakenApart['kept'];
  /** `null` for a subscription: nothing waits for its end. */
  readonly answered: Pick<PromiseWithResolvers<unknown>, 'resolve' | 'reject'> | null;
}

/**
 * An interface that `serveCalls` serves at the other end of a port: groups of functions that take and give plain values,
 * but for listeners and signals among their parameters.
 *
 * @param prepare may complete the parameters of a call
 */
export function callRemote<Served extends object>(
  port: Port,
  shape: RemoteShape,
  prepare: (path: string, parameters: readonly unknown[]) => readonly unknown[] = (_, given) => given,
): Remote<Served> {
  const open = new Map<number, Open>();
  let lastId = 0;
  let explainClosed: (() => DataansError) | null = null;

  const begin = (path: string, taken: TakenApart, answered: Open['answered']): number => {
    if (explainClosed !== null) throw explainClosed();
    const { parameters, handed, kept } = taken;
    lastId += 1;
    port.post({ kind: 'call', id: lastId, path, parameters, handed });
    open.set(lastId, { kept, answered });
    return lastId;
  };
  const call = async (path: string, taken: TakenApart): Promise<unknown> => {
    for (const kept of taken.kept) if (kept instanceof AbortSignal) kept.throwIfAborted();
    const answered = Promise.withResolvers<unknown>();
    const id = begin(path, taken, answered);
    const stopFollowing = followSignals(taken.kept, (signal, handed) => {
      if (open.delete(id)) port.post({ kind: 'abort', id, handed });
      answered.reject(signal.reason);
    });
    try {
      return await answered.promise;
    } finally {
      stopFollowing();
    }
  };
  const subscribe = (path: string, taken: TakenApart): (() => void) => {
    const id = begin(path, taken, null);
    return () => {
      if (open.delete(id)) port.post({ kind: 'stop', id });
    };
  };
  const make: Caller = (path, parameters) => {
    const taken = takeApart(prepare(path, parameters));
    return isSubscription(path, shape) ? subscribe(path, taken) : call(path, taken);
  };

  const stopListening = port.listen((message) => {
    const asked = open.get(message.id);
    if (asked === undefined) return;
    if (message.kind === 'answer' || message.kind === 'failure') open.delete(message.id);
    hear(message, asked);
  });
  return {
    served: createCaller<Served>(make),
    close: (explain) => {
      explainClosed = explain;
      stopListening();
      for (const [id, { answered }] of open) {
        port.post({ kind: 'stop', id });
        answered?.reject(explain());
      }
      open.clear();
    },
  };
}

function hear(message: Message, { kept, answered }: Open): void {
  if (message.kind === 'answer') answered?.resolve(message.result);
  if (message.kind === 'told') {
    const listener = kept[message.handed];
    if (typeof listener === 'function') listener(...message.parameters.map(restoreTold));
  }
  if (message.kind !== 'failure') return;
  const error = restoreError(message.error);
  if (answered !== null) answered.reject(error);
  // There is nobody to give it to: it must not pass unseen.
  else
    queueMicrotask(() => {
      throw error;
    });
}

function restoreTold(told: Told): unknown {
  return told.as === 'error' ? restoreError(told.error) : told.value;
}

function followSignals(
  kept: TakenApart['kept'],
  onAbort: (signal: AbortSignal, index: number) => void,
): () => void {
  const listening = new AbortController();
  for (const [index, signal] of kept.entries()) {
    if (!(signal instanceof AbortSignal)) continue;
    const abort = (): void => {
      onAbort(signal, index);
    };
    signal.addEventListener('abort', abort, { signal: listening.signal });
  }
  return () => {
    listening.abort();
  };
}
