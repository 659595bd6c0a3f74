import { DataansError } from '@dataans/core';
import type { Access } from './access.ts';
import type { Exchange } from './exchange.ts';

export interface RenewalDependencies {
  readonly access: () => Access;
  /**
   * Puts another credential in the place of a refused one where that takes no person, and says whether it
   * did. Default: never.
   */
  readonly renewAccess?: ((refused: Access, signal: AbortSignal) => Promise<boolean>) | undefined;
}

/** Asks once more with the next credential where the last one was refused and another one is at hand. // ACC-8 */
export function renewRefused(
  exchange: Exchange,
  { access, renewAccess = never }: RenewalDependencies,
): Exchange {
  const attempt = async <Result>(
    work: () => Promise<Result>,
    isRefusal: (result: Result) => boolean,
    signal: AbortSignal,
  ): Promise<Result> => {
    const used = access();
    try {
      const result = await work();
      if (!isRefusal(result) || !(await renewAccess(used, signal))) return result;
    } catch (error) {
      if (!isSessionExpired(error) || !(await renewAccess(used, signal))) throw error;
    }
    return work();
  };
  return {
    ask: (question, signal) =>
      attempt(
        () => exchange.ask(question, signal),
        ({ problem }) => problem?.code === 'unauthorized',
        signal,
      ),
    open: (question, idleMs, signal) =>
      attempt(
        () => exchange.open(question, idleMs, signal),
        () => false,
        signal,
      ),
    clockOffsetMs: exchange.clockOffsetMs,
  };
}

function isSessionExpired(error: unknown): boolean {
  return error instanceof DataansError && error.code === 'session-expired';
}

const never = (): Promise<boolean> => Promise.resolve(false);
