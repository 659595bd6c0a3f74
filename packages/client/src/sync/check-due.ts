import { timeTextToMs } from '../platform/time-text.ts';
import type { Facts } from '../store/facts.ts';

const checkEveryMs = 24 * 60 * 60 * 1_000;

/** Whether a daily check is due, also where the clock went back; `null` where it was never made. */
export function isCheckDue(
  facts: Pick<Facts, 'read'>,
  name: 'account-checked' | 'chunks-checked',
  nowMs: number,
): boolean | null {
  const checkedAt = timeTextToMs(facts.read(name) ?? '');
  return checkedAt === null ? null : Math.abs(nowMs - checkedAt) >= checkEveryMs;
}
