import type { LogId } from '@dataans/core';
import type { AccountStores } from '../../accounts/accounts.ts';

/** Runs one call on the stores of an account while they are open. */
export type UseStores = <Result>(work: (stores: AccountStores) => Promise<Result>) => Promise<Result>;

/** The stores of an account whose folder is open during each call, and may be closed between two. */
export function createLeasedStores(id: LogId, use: UseStores): AccountStores {
  return {
    log: {
      id,
      head: () => use(({ log }) => log.head()),
      chainAt: (seq) => use(({ log }) => log.chainAt(seq)),
      chainsAt: (after, count) => use(({ log }) => log.chainsAt(after, count)),
      append: (envelopes) => use(({ log }) => log.append(envelopes)),
      readPage: (question) => use(({ log }) => log.readPage(question)),
      missing: (ids) => use(({ log }) => log.missing(ids)),
      account: () => use(({ log }) => log.account()),
      putAccount: (record, condition) => use(({ log }) => log.putAccount(record, condition)),
      // Whoever opened it closes it.
      close: async () => {},
    },
    chunks: {
      put: (name, body) => use(({ chunks }) => chunks.put(name, body)),
      size: (name) => use(({ chunks }) => chunks.size(name)),
      // A file that is being read is open by itself.
      read: (name, range) => use(({ chunks }) => chunks.read(name, range)),
      list: (after, limit) => use(({ chunks }) => chunks.list(after, limit)),
      missing: (names) => use(({ chunks }) => chunks.missing(names)),
      usage: () => use(({ chunks }) => chunks.usage()),
    },
  };
}
