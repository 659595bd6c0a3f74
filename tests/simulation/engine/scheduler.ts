import type { Chance } from '../../world/chance.ts';
import { createEventQueue } from './event-queue.ts';
import type { Life } from './life.ts';

/** Time of one simulated world: it passes only from one event to the next. */
export interface Scheduler {
  /** Milliseconds since the world began. */
  now(): number;
  /**
   * Runs once after so long, unless it is called off with the returned function or the life that it
   * belongs to has ended by then. Events of one moment come in an order that chance gives.
   */
  after(delayMs: number, life: Life | null, run: () => void): () => void;
  /** Resolves after so long; never where the life ends before. */
  pause(delayMs: number, life: Life | null): Promise<void>;
  /** As `Clock.sleep`: also ends, at once, when the signal aborts. */
  sleep(delayMs: number, life: Life, signal?: AbortSignal): Promise<void>;
  /** Lets so much time pass. */
  runFor(ms: number): Promise<void>;
  /** Lets time pass until this is settled. */
  runUntilSettled(work: Promise<unknown>): Promise<void>;
  /** Lets time pass until nothing waits any more; at most so much. */
  runUntilQuiet(maxMs: number): Promise<void>;
  /** Events that wait, those of ended lives not counted. */
  pending(): number;
  /** Events so far. */
  events(): number;
}

/** More than any run needs: a world that goes on for ever has met a fault. */
const eventsMax = 400_000;

export function createScheduler(chance: Chance): Scheduler {
  const queue = createEventQueue(() => chance.next());
  let nowMs = 0;
  let events = 0;

  const after: Scheduler['after'] = (delayMs, life, run) =>
    queue.add(nowMs + Math.max(0, delayMs), life, run);

  /** Runs the next event, and all that follows from it without waiting for another one. */
  const step = async (untilMs: number): Promise<boolean> => {
    const event = queue.takeNext(untilMs);
    if (event === null) return false;
    events += 1;
    if (events > eventsMax) throw new Error(`The world does not come to rest: ${eventsMax} events.`);
    nowMs = event.dueMs;
    event.run();
    await settle();
    return true;
  };

  return {
    now: () => nowMs,
    after,
    pause: (delayMs, life) =>
      new Promise((resolve) => {
        after(delayMs, life, resolve);
      }),
    sleep: (delayMs, life, signal) =>
      new Promise((resolve) => {
        if (!life.isAlive()) return;
        if (signal?.aborted === true) {
          resolve();
          return;
        }
        const end = (): void => {
          callOff();
          signal?.removeEventListener('abort', end);
          if (life.isAlive()) resolve();
        };
        const callOff = after(delayMs, life, end);
        signal?.addEventListener('abort', end);
      }),
    runFor: async (ms) => {
      const untilMs = nowMs + ms;
      await settle();
      while (await step(untilMs));
      nowMs = untilMs;
    },
    runUntilSettled: async (work) => {
      const progress = { isSettled: false };
      const note = (): void => {
        progress.isSettled = true;
      };
      work.then(note, note);
      await settle();
      while (!progress.isSettled)
        if (!(await step(Infinity))) throw new Error('Something waits, and nothing will happen any more.');
    },
    runUntilQuiet: async (maxMs) => {
      const untilMs = nowMs + maxMs;
      await settle();
      while (await step(untilMs));
    },
    pending: () => queue.count(),
    events: () => events,
  };
}

/** Everything runs that does not wait for an event: promises, streams, ticks. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
