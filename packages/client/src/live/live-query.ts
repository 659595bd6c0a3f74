import { isSame } from './is-same.ts';

/** Ends what was begun; more than once makes no difference. */
export type Stop = () => void;

/** A question that is asked again whenever its answer may have changed. */
export interface LiveQuery<Answer> {
  /** @param signal aborts when nobody waits for the answer any more */
  readonly ask: (signal: AbortSignal) => Answer | Promise<Answer>;
  readonly tell: (answer: Answer) => void;
  /** What `ask` threw. The question stays, and is asked again at the next change. */
  readonly onError: (error: unknown) => void;
  /** Resolves when it may be asked again: between two answers others have their turn. */
  readonly rest: (signal: AbortSignal) => Promise<void>;
}

export interface RunningQuery {
  /** Its answer may be another one now. However often this is said, it is asked once. */
  ask(): void;
  stop: Stop;
}

const untold = Symbol('nothing was told yet');

/** Asks at once, and again whenever it is told to; tells an answer only if it is not like the last. */
export function runLiveQuery<Answer>({ ask, tell, onError, rest }: LiveQuery<Answer>): RunningQuery {
  const stopped = new AbortController();
  const { signal } = stopped;
  let isWanted = false;
  let isAsking = false;
  let last: Answer | typeof untold = untold;

  const askOnce = async (): Promise<void> => {
    try {
      const answer = await ask(signal);
      if (signal.aborted || isSame(answer, last)) return;
      last = answer;
      tell(answer);
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
  };
  const askWhileWanted = async (): Promise<void> => {
    isAsking = true;
    await Promise.resolve(); // Whoever says so may be within a transaction.
    while (isWanted && !signal.aborted) {
      isWanted = false;
      await askOnce();
      await rest(signal);
    }
    isAsking = false;
  };
  const want = (): void => {
    isWanted = true;
    if (!isAsking) void askWhileWanted();
  };
  want();
  return {
    ask: want,
    stop: () => {
      stopped.abort();
    },
  };
}
