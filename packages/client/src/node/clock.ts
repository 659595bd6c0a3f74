import type { Clock } from '../platform/clock.ts';
import { sleep } from '../platform/sleep.ts';

export function createSystemClock(): Clock {
  return { now: () => Date.now(), sleep };
}
