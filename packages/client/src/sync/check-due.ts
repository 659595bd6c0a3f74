import { msToIso, timeTextToMs } from '../platform/time-text.ts';
import type { Facts } from '../store/facts.ts';

type Check = 'account-checked' | 'chunks-checked';

const checkEveryMs = 24 * 60 * 60 * 1_000;

/** Whether a daily check is due, also where the clock went back; `null` where it was never made. */
export function isCheckDue(facts: Pick<Facts, 'read'>, name: Check, nowMs: number): boolean | null {
  const checkedAt = timeTextToMs(facts.read(name) ?? '');
  return checkedAt === null ? null : Math.abs(nowMs - checkedAt) >= checkEveryMs;
}

/** It is due from now on. */
export function hastenCheck(facts: Pick<Facts, 'write'>, name: Check): void {
  facts.write(name, msToIso(0));
}
