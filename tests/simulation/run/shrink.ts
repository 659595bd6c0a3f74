import type { PlanBounds } from '../world/plan.ts';
import type { SeedResult } from '../world/run-seed.ts';

/**
 * The shortest history of a failing seed that can be found with few attempts: fewer steps, and without the
 * troubles that are not needed for it to fail.
 *
 * @param run the seed within these bounds
 */
export async function shrink(
  run: (bounds: PlanBounds) => Promise<SeedResult>,
  failed: SeedResult,
  { present }: PlanBounds,
): Promise<{ readonly bounds: PlanBounds; readonly result: SeedResult }> {
  let best: { readonly bounds: PlanBounds; readonly result: SeedResult } = {
    bounds: { stepsMax: failed.steps, without: [], present },
    result: failed,
  };
  const attempt = async (bounds: PlanBounds): Promise<boolean> => {
    const result = await run(bounds);
    if (result.failures.length === 0) return false;
    best = { bounds, result };
    return true;
  };
  const cutSteps = async (): Promise<void> => {
    for (let cut = Math.ceil(best.bounds.stepsMax / 2); cut > 0;) {
      const stepsMax = best.bounds.stepsMax - cut;
      const isShorter = stepsMax > 0 && (await attempt({ ...best.bounds, stepsMax }));
      if (!isShorter) cut = cut === 1 ? 0 : Math.ceil(cut / 2);
    }
  };
  await cutSteps();
  for (const trouble of failed.troubles)
    await attempt({ ...best.bounds, without: [...best.bounds.without, trouble] });
  await cutSteps();
  return best;
}
