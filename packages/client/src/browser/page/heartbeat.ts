import type { Clock } from '../../platform/clock.ts';

export interface Heartbeat {
  /** An answer is waited for. */
  expect(): void;
  /** Something came. */
  heard(): void;
}

/** How long one who leads may say nothing while it is asked. */
const silenceMs = 3_000;

/** Asks for a sign of life as long as an answer is waited for. // BRW-10 */
export function createHeartbeat({
  clock,
  ping,
  isWaiting,
  isLed,
  tell,
}: {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly ping: () => void;
  readonly isWaiting: () => boolean;
  /** Somebody leads, awake or not. */
  readonly isLed: () => Promise<boolean>;
  /** Told at each change. */
  readonly tell: (isAsleep: boolean) => void;
}): Heartbeat {
  /** Aborts when nothing is waited for any more. */
  let asking: AbortController | null = null;
  let isAsleep = false;
  let isHeard = false;

  const change = (next: boolean): void => {
    if (next === isAsleep) return;
    isAsleep = next;
    tell(next);
  };
  const askWhileWaiting = async ({ signal }: AbortController): Promise<void> => {
    while (!signal.aborted && isWaiting()) {
      isHeard = false;
      ping();
      await clock.sleep(silenceMs, signal);
      const isSilent = !isHeard && (await isLed());
      if (!signal.aborted && isWaiting()) change(isSilent && !isHeard);
    }
    if (asking?.signal === signal) asking = null;
  };
  return {
    expect: () => {
      if (asking !== null) return;
      asking = new AbortController();
      void askWhileWaiting(asking);
    },
    heard: () => {
      isHeard = true;
      change(false);
      if (isWaiting()) return;
      asking?.abort();
      asking = null;
    },
  };
}
