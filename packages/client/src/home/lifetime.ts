import type { DataansError } from '@dataans/core';

/** How long something may be worked with: what runs is ended and awaited before it is taken from under it. */
export interface Lifetime {
  /**
   * Runs the work, with a signal that aborts at the end or with the caller's. What it begins belongs to it: nothing of it
   * may go on when it has settled.
   *
   * @throws DataansError what the end was given, if that has come
   */
  run<Result>(work: (signal: AbortSignal) => Promise<Result>, given?: AbortSignal): Promise<Result>;
  /**
   * Aborts what runs and resolves when it has settled.
   *
   * @param explain makes the error for whoever waits or comes later
   */
  end(explain: () => DataansError): Promise<void>;
}

export function createLifetime(): Lifetime {
  const ending = new AbortController();
  const running = new Set<Promise<unknown>>();
  let explainEnd: (() => DataansError) | null = null;

  const follow = async <Result>(result: Promise<Result>): Promise<Result> => {
    try {
      return await result;
    } catch (error) {
      if (explainEnd !== null && error === ending.signal.reason) throw explainEnd();
      throw error;
    }
  };
  return {
    run: async (work, given) => {
      if (explainEnd !== null) throw explainEnd();
      const signal = given === undefined ? ending.signal : AbortSignal.any([given, ending.signal]);
      const result = work(signal);
      running.add(result);
      try {
        return await follow(result);
      } finally {
        running.delete(result);
      }
    },
    end: async (explain) => {
      explainEnd ??= explain;
      ending.abort();
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

/** Each piece that is asked for is read within the lifetime; between two of them nothing has to be awaited. */
export async function* iterateWithin<Item>(
  lifetime: Lifetime,
  items: AsyncIterable<Item>,
): AsyncGenerator<Item> {
  const reading = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await lifetime.run(() => reading.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await reading.return?.();
  }
}
