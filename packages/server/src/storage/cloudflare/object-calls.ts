import type { LogId } from '@dataans/core';
import type { ChunkIndex } from '../../chunks/chunk-index.ts';
import type { LogStore } from '../../log/log-store.ts';
import { StorageFullError } from '../../stores/storage-full.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import type { ObjectStores } from './object-stores.ts';

/** The calls of a store in an object that can be made from elsewhere. */
const logCalls = [
  'head',
  'chainAt',
  'chainsAt',
  'append',
  'readPage',
  'missing',
  'account',
  'putAccount',
] as const satisfies readonly (keyof LogStore)[];
const indexCalls = [
  'size',
  'list',
  'missing',
  'usage',
  'add',
  'remove',
  'isFilled',
  'markFilled',
] as const satisfies readonly (keyof ChunkIndex)[];

type StoreName = keyof ObjectStores;

/** Errors lose their class between an object and a Worker, so that those that a store may throw go as answers. */
export type ObjectAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: 'full' | 'unavailable'; readonly cause: string };

/** What an object can be asked from a Worker. */
export interface AccountStub {
  /** Of the log in it, and whether its index of chunks was ever filled. */
  describe(): Promise<{ readonly log: LogId; readonly isFilled: boolean }>;
  ask(store: StoreName, call: string, values: readonly unknown[]): Promise<ObjectAnswer>;
  /** Bytes that still go into the object. */
  freeBytes(): Promise<number>;
  /** With `Upgrade: websocket`, a socket that tells of the head: at once, and when it moved. */
  fetch(address: string, init: { readonly headers: Readonly<Record<string, string>> }): Promise<Response>;
}

/** Does in the object what a Worker asks for. */
export async function answerCall(
  stores: ObjectStores,
  store: StoreName,
  call: string,
  values: readonly unknown[],
): Promise<ObjectAnswer> {
  const calls: readonly string[] = store === 'log' ? logCalls : indexCalls;
  if (!calls.includes(call)) throw new TypeError(`Nobody can ask for ${call} of ${store}.`);
  // It is one of the names above, and the Worker has the types of the same interface.
  const method = Reflect.get(stores[store], call) as (...values: readonly unknown[]) => Promise<unknown>;
  try {
    return { ok: true, value: await method(...values) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return { ok: false, failure, cause: error instanceof Error ? String(error.cause) : '' };
  }
}

function failureOf(error: unknown): 'full' | 'unavailable' | null {
  if (error instanceof StorageFullError) return 'full';
  return error instanceof StorageUnavailableError ? 'unavailable' : null;
}

/** The log in an object. A call is a request to it. */
export function createObjectLog(stub: AccountStub, id: LogId): LogStore {
  const calls = createCalls<Pick<LogStore, (typeof logCalls)[number]>>(stub, 'log', logCalls);
  return { ...calls, id, close: async () => {} };
}

/** The index of chunks in an object. A call is a request to it. */
export function createObjectIndex(stub: AccountStub): ChunkIndex {
  return createCalls<Pick<ChunkIndex, (typeof indexCalls)[number]>>(stub, 'index', indexCalls);
}

function createCalls<Calls>(stub: AccountStub, store: StoreName, names: readonly string[]): Calls {
  const calls = names.map((name) => [
    name,
    (...values: readonly unknown[]) => askObject(stub, store, name, values),
  ]);
  // The object answers each as the interface says.
  return Object.fromEntries(calls) as Calls;
}

async function askObject(
  stub: AccountStub,
  store: StoreName,
  call: string,
  values: readonly unknown[],
): Promise<unknown> {
  const answer = await reachObject(stub.ask(store, call, values));
  if (answer.ok) return answer.value;
  throw answer.failure === 'full'
    ? new StorageFullError(answer.cause)
    : new StorageUnavailableError(answer.cause);
}

/** Rejects with `StorageUnavailableError` if the object cannot answer now. */
export async function reachObject<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    throw isFault(error) ? error : new StorageUnavailableError(error);
  }
}

/** Whether the object's own code failed. Else it cannot be reached, starts anew with other code, or has too much to do. */
function isFault(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  const says = (name: string) => Reflect.get(error, name) === true;
  return says('remote') && !['retryable', 'overloaded', 'durableObjectReset'].some(says);
}
