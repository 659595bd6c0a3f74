import { DataansError } from '@dataans/core';
import { carryError } from './carried-error.ts';
import { putTogether } from './handed.ts';
import type { Call, Message, Told } from './messages.ts';
import type { Port } from './port.ts';

/** Serves one caller. */
export interface Serving {
  /** Nothing is begun any more. What runs may still be answered; but a failure isn't told, since the next one is asked the same. */
  beginNothing(): void;
  /** Aborts what runs for this caller, stops its subscriptions, and hears it no more. */
  close(): void;
}

interface Running {
  readonly signals: ReadonlyMap<number, AbortController>;
  /** Ends a subscription; `null` as long as it hasn't begun, and for calls that are answered once. */
  stop: (() => void) | null;
}

/**
 * Answers calls by the functions of an object and of the objects in it. What they give and tell has to be plain
 * values. A function that returns a function is a subscription, which that function ends.
 */
export function serveCalls(served: object, port: Port): Serving {
  const running = new Map<number, Running>();
  let isEnding = false;
  const end = (id: number): void => {
    const ended = running.get(id);
    running.delete(id);
    for (const controller of ended?.signals.values() ?? []) controller.abort();
    ended?.stop?.();
  };

  const answer = async (call: Call): Promise<void> => {
    const { id, path } = call;
    const { parameters, signals } = receiveParameters(call, (index, told) => {
      if (running.has(id)) port.post({ kind: 'told', id, handed: index, parameters: told.map(carryTold) });
    });
    const own: Running = { signals, stop: null };
    running.set(id, own);
    try {
      const result = findFunction(served, path)(...parameters);
      if (typeof result === 'function') {
        own.stop = result as () => void; // So `RemoteShape.subscriptions` says.
        return;
      }
      const settled = await result;
      if (running.has(id)) postAnswer(port, id, settled);
    } catch (error) {
      if (running.has(id) && !isEnding) port.post({ kind: 'failure', id, error: carryError(error) });
    }
    running.delete(id);
  };

  const hear = (message: Message): void => {
    if (message.kind === 'call') void answer(message);
    else if (message.kind === 'abort') running.get(message.id)?.signals.get(message.handed)?.abort();
    else if (message.kind === 'stop') end(message.id);
  };
  const stopListening = port.listen(hear);
  const beginNothing = (): void => {
    isEnding = true;
    stopListening();
  };
  return {
    beginNothing,
    close: () => {
      beginNothing();
      for (const id of running.keys()) end(id);
    },
  };
}

function postAnswer(port: Port, id: number, result: unknown): void {
  try {
    port.post({ kind: 'answer', id, result }, givenAway(result));
  } catch (cause) {
    throw new DataansError('invalid', 'What was asked for cannot be given to another thread.', { cause });
  }
}

function receiveParameters(call: Call, tell: (index: number, told: readonly unknown[]) => void) {
  const signals = new Map<number, AbortController>();
  const parameters = putTogether(call, ({ as }, index) => {
    if (as === 'listener')
      return (...told) => {
        tell(index, told);
      };
    const controller = new AbortController();
    signals.set(index, controller);
    return controller.signal;
  });
  return { parameters, signals };
}

function carryTold(value: unknown): Told {
  return value instanceof Error ? { as: 'error', error: carryError(value) } : { as: 'value', value };
}

/** By own members alone: nothing that every object inherits can be called. */
function findFunction(served: object, path: string): (...parameters: readonly unknown[]) => unknown {
  let found: unknown = served;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) throw unknown(path);
    found = Reflect.get(found, name);
  }
  if (typeof found !== 'function') throw unknown(path);
  // The caller and this end are typed by one interface.
  return found as (...parameters: readonly unknown[]) => unknown;
}

function unknown(path: string): DataansError {
  return new DataansError('invalid', `This version of the program has no ${path}.`, {
    advice: 'Reload the page.',
  });
}

/** Bytes that are the whole of their buffer: what gives them in an answer has no more use for them. */
function givenAway(result: unknown): readonly ArrayBuffer[] {
  const values: readonly unknown[] = isRecord(result) ? [result, ...Object.values<unknown>(result)] : [];
  return values.flatMap((value) => {
    if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) return [];
    return value.byteLength === value.buffer.byteLength ? [value.buffer] : [];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
