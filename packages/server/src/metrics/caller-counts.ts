import type { RefusalReason } from '../problems/refusal.ts';

/** Sign-ins and refusals since the start: as many counters as there are methods and reasons. // AUTH-21 */
export interface CallerCounts {
  signedIn(method: string): void;
  refused(method: string, reason: RefusalReason): void;
  read(): CallerCountsSnapshot;
}

export interface CallerCountsSnapshot {
  readonly signIns: readonly { readonly method: string; readonly count: number }[];
  readonly refusals: readonly {
    readonly method: string;
    readonly reason: RefusalReason;
    readonly count: number;
  }[];
}

export function createCallerCounts(): CallerCounts {
  const signInsByMethod = new Map<string, number>();
  const refusalsByKey = new Map<string, CallerCountsSnapshot['refusals'][number]>();
  return {
    signedIn: (method) => void signInsByMethod.set(method, (signInsByMethod.get(method) ?? 0) + 1),
    refused: (method, reason) => {
      const key = `${method} ${reason}`;
      const count = (refusalsByKey.get(key)?.count ?? 0) + 1;
      refusalsByKey.set(key, { method, reason, count });
    },
    read: () => ({
      signIns: Array.from(signInsByMethod, ([method, count]) => ({ method, count })),
      refusals: [...refusalsByKey.values()],
    }),
  };
}
