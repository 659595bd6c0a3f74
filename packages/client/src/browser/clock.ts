import type { Clock } from '../platform/clock.ts';
import { sleep } from '../platform/sleep.ts';

export function createBrowserClock(): Clock {
  return { now: () => Date.now(), sleep };
}
