// `npm run check`: everything that has to hold before a commit. `--static` leaves the tests out.
import { dirname } from 'node:path';
import { runCommand } from './check/run-command.ts';
import { runSteps } from './check/run-steps.ts';
import { staticSteps, unitTestStep } from './check/steps.ts';

const root = dirname(import.meta.dirname);
const steps = process.argv.includes('--static') ? staticSteps : [unitTestStep(root), ...staticSteps];

const failed = await runSteps(steps, {
  atOnce: 2,
  run: (step) => runCommand(root, step),
  now: () => performance.now(),
  print: (text) => process.stdout.write(text),
});

if (failed.length > 0) {
  process.stdout.write(`Failed: ${failed.join(', ')}.\n`);
  process.exitCode = 1;
}
