import type { Hash, LogId } from '@dataans/core';
import type { Accounts, AccountStores } from '../../accounts/accounts.ts';
import type { Identity } from '../../auth/authenticator.ts';
import { createRecent } from '../../callers/recent.ts';
import { createIndexedChunks, openIndexedChunks } from '../../chunks/indexed-chunks.ts';
import type { Clock } from '../../clock.ts';
import type { HeadFeed } from '../../log/head-feed.ts';
import type { StorageHealth } from '../../stores/storage-health.ts';
import type { Bucket, ObjectNamespace } from './bindings.ts';
import { createObjectIndex, createObjectLog, reachObject, type AccountStub } from './object-calls.ts';
import { listenToObject } from './object-heads.ts';
import { createR2Blobs } from './r2-blobs.ts';

/** The object of the only account. */
const onlyName = 'account';

/** Names of objects that are remembered, each with the id of its log. */
const knownMax = 10_000;

export interface ObjectAccountsParts {
  readonly objects: ObjectNamespace<AccountStub>;
  readonly bucket: Bucket;
  /** Whether everybody has an account of their own. */
  readonly areMany: boolean;
  readonly hash: Hash;
  readonly clock: Pick<Clock, 'after'>;
}

export interface ObjectAccounts {
  readonly accounts: Accounts;
  readonly heads: HeadFeed;
  readonly health: () => Promise<StorageHealth>;
}

/** Accounts with the log and the index of chunks in a Durable Object each, and the chunks in R2. // SRV-130 */
export function createObjectAccounts(parts: ObjectAccountsParts): ObjectAccounts {
  const { objects, bucket, areMany, hash, clock } = parts;
  // What never changes again. Stubs and streams belong to the request that made them.
  const logByName = createRecent<LogId>(knownMax);
  const nameByLog = createRecent<string>(knownMax);
  const stubOf = (name: string) => objects.get(objects.idFromName(name));
  const chunkPartsOf = (stub: AccountStub, log: LogId) => ({
    blobs: createR2Blobs(bucket, log),
    index: createObjectIndex(stub),
    hash,
  });

  const findLog = async (name: string, stub: AccountStub): Promise<LogId> => {
    const known = logByName.get(name);
    if (known !== undefined) return known;
    const { log, isFilled } = await reachObject(stub.describe());
    if (!isFilled) await openIndexedChunks(chunkPartsOf(stub, log));
    logByName.set(name, log);
    nameByLog.set(log, name);
    return log;
  };
  const open = async (name: string): Promise<AccountStores> => {
    const stub = stubOf(name);
    const log = await findLog(name, stub);
    return { log: createObjectLog(stub, log), chunks: createIndexedChunks(chunkPartsOf(stub, log)) };
  };

  return {
    accounts: areMany
      ? createManyAccounts((identity) => open(objectNameOf(identity)))
      : createOnlyAccount(() => open(onlyName)),
    heads: {
      subscribe: (log, listener) =>
        // Whoever listens has just opened the account.
        listenToObject(() => stubOf(nameByLog.get(log) ?? onlyName), log, listener, clock),
    },
    health: async () => ({
      failure: null,
      freeBytes: areMany ? null : await reachObject(stubOf(onlyName).freeBytes()),
    }),
  };
}

function createOnlyAccount(open: () => Promise<AccountStores>): Accounts {
  return {
    areMany: false,
    of: open,
    requireReadable: async () => void (await (await open()).log.head()),
    count: async () => {
      const { log, chunks } = await open();
      const [{ seq }, { count, bytes }] = [await log.head(), await chunks.usage()];
      return { operations: seq, chunks: count, chunkBytes: bytes };
    },
  };
}

/** Nobody has a list of the objects. */
function createManyAccounts(of: Accounts['of']): Accounts {
  return { areMany: true, of, requireReadable: async () => {}, count: async () => null };
}

/** The same for the same person, whatever they are called; nothing that anybody chooses makes it another's. // SRV-134 */
function objectNameOf({ method, subject }: Identity): string {
  return JSON.stringify([method, subject.issuer, subject.kind, subject.id]);
}
