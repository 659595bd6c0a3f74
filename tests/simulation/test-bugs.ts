import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { hookProduct } from './product/hook-product.ts';
import { plantedBugs, type PlantedBug } from './product/planted-bugs.ts';

hookProduct(null);
// The product may only be loaded from here on.
const { runSeed } = await import('./world/run-seed.ts');
const { unbounded } = await import('./world/plan.ts');

/** Each is found within so many worlds from its first seed on; most in that one. */
const seedsMax = 300;

/** Neighbours in the list are of one kind, so that each part has some of every kind. */
const partCount = 3;

/** One part belongs to `npm test`, the others to `npm run conformance`. */
export function testBugs(isOurs: (part: number) => boolean): void {
  for (const bug of plantedBugs.filter((_, place) => isOurs(place % partCount)))
    test(`it is found out when ${bug.name}`, async () => {
      const seed = await findFailingSeed(bug);
      assert.ok(seed !== null, `${seedsMax} seeds do not show it`);
      const sound = await runSeed(seed, { bounds: { ...unbounded, present: bug.shownBy } });
      assert.deepEqual(sound.failures, []);
    });
}

/** In a process of its own, which has loaded the product with the bug. */
async function findFailingSeed({ name, shownBy, firstSeed = 1 }: PlantedBug): Promise<number | null> {
  const main = join(import.meta.dirname, 'main.ts');
  const seeds = [`--from=${firstSeed}`, `--seeds=${seedsMax}`];
  const args = ['--until-failure', ...seeds, `--with=${shownBy.join(',')}`, `--bug=${name}`];
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const seed = /^seed (\d+) failed/m.exec(output)?.[1];
  return seed === undefined ? null : Number(seed);
}
