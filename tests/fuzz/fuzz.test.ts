import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createWorld } from '../world/world.ts';
import { createPlace } from './place.ts';
import { readExamples } from './examples.ts';
import { runTarget } from './run-target.ts';
import { createTargets } from './targets/all.ts';

// A few inputs; `npm run fuzz` makes a million.
const inputsEach = 2_000;

/** What holds for each reader, where a rule says it. */
const rulesByTarget: Readonly<Record<string, string>> = {
  frames: '[FRM-3] ',
  operation: '[OPR-4] ',
  padding: '[PAD-3] ',
  envelope: '[ENV-3] ',
  answers: '[SYN-3] ',
  store: '[MRG-1] [STO-10] ',
  archive: '[IMP-9] ',
  config: '[SRV-30] ',
  'signed-token': '[AUTH-6] ',
  requests: '[SRV-1] ',
  sockets: '[SRV-1] ',
};

const world = await createWorld({ after });
for (const target of await createTargets(await createPlace(world)))
  test(`${rulesByTarget[target.name] ?? ''}whatever comes to it, the reader of ${target.name} reads or refuses it`, async () => {
    for (const example of readExamples(target.name)) await target.read(example);
    const { broken } = await runTarget(target, '1', Math.ceil(inputsEach * (target.share ?? 1)));
    const [first] = broken;
    if (first !== undefined)
      assert.fail(
        `input ${first.index}: ${Buffer.from(first.input).toString('latin1')}\n${String(first.error)}`,
      );
  });
