import type { Clock } from '../platform/clock.ts';

export function createBrowserClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms, signal) => (ms > 0 ? sleepFor(ms, signal) : takeTurn()),
  };
}

function sleepFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal?.addEventListener('abort', finish);
  });
}

/** Waits for its turn behind what is queued. A timer set within a timer would take 4 ms. */
function takeTurn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const finish = (): void => {
      port1.close();
      resolve();
    };
    port1.addEventListener('message', finish, { once: true });
    port1.start();
    port2.postMessage(null);
  });
}
