import type { Randomness } from '../platform/randomness.ts';

/**
 * How long to wait after `failures` in a row (from 1): doubling from `firstMs` to `maxMs`, and
 * anywhere between half of that and all of it, so that devices do not return in step.
 */
export function backOffMs(
  failures: number,
  bounds: { readonly firstMs: number; readonly maxMs: number },
  randomness: Randomness,
): number {
  const fullMs = Math.min(bounds.maxMs, bounds.firstMs * 2 ** (failures - 1));
  return fullMs / 2 + (fullMs / 2) * randomness();
}
