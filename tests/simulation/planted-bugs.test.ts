import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from '../world/repository.ts';
import { plantBug } from './product/plant-bug.ts';
import { plantedBugs } from './product/planted-bugs.ts';
import { shrinkLimits } from './product/small-limits.ts';
import { testBugs } from './test-bugs.ts';

test('each bug has its place in the product', () => {
  for (const bug of plantedBugs)
    for (const { file } of bug.changes)
      plantBug(file, shrinkLimits(file, readFileSync(join(repository, file), 'utf8')), bug);
});

testBugs((part) => part === 0);
