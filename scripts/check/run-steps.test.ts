import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSteps, type Step, type StepOutcome } from './run-steps.ts';

function step(name: string): Step {
  return { name, command: [name] };
}

async function runAll(outcomeByName: Readonly<Record<string, StepOutcome>>) {
  let printed = '';
  const failed = await runSteps(Object.keys(outcomeByName).map(step), {
    atOnce: 2,
    run: async ({ name }) => outcomeByName[name] ?? { ok: false, output: 'unknown step' },
    now: () => 0,
    print: (text) => void (printed += text),
  });
  return { failed, printed };
}

test('every step gets a line, and only a failed one shows its output', async () => {
  const { failed, printed } = await runAll({
    types: { ok: true, output: 'chatter' },
    lint: { ok: false, output: 'a.ts: wrong\nb.ts: wrong\n' },
    tests: { ok: true, output: '' },
  });
  assert.deepEqual(failed, ['lint']);
  assert.equal(
    printed,
    'ok     types (0.0 s)\nFAILED lint (0.0 s)\n       a.ts: wrong\n       b.ts: wrong\nok     tests (0.0 s)\n',
  );
});

test('no more steps than allowed run at once, and all of them run', async () => {
  let running = 0;
  let runningMost = 0;
  const ran: string[] = [];
  await runSteps(['a', 'b', 'c', 'd', 'e'].map(step), {
    atOnce: 2,
    run: async ({ name }) => {
      running += 1;
      runningMost = Math.max(runningMost, running);
      await Promise.resolve();
      running -= 1;
      ran.push(name);
      return { ok: true, output: '' };
    },
    now: () => 0,
    print: () => {},
  });
  assert.equal(runningMost, 2);
  assert.deepEqual(ran, ['a', 'b', 'c', 'd', 'e']);
});

test('the line says how long the step took', async () => {
  let nowMs = 1000;
  let printed = '';
  await runSteps([step('slow')], {
    atOnce: 1,
    run: async () => {
      nowMs += 2345;
      return { ok: true, output: '' };
    },
    now: () => nowMs,
    print: (text) => void (printed += text),
  });
  assert.equal(printed, 'ok     slow (2.3 s)\n');
});
