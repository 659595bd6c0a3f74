#!/usr/bin/env node
import { hostname } from 'node:os';

// Windows would look for the programs that we start in the current folder first, whoever put them there.
if (process.platform === 'win32') process.env['NoDefaultCurrentDirectoryInExePath'] = '1';

const { run } = await import('./run.ts');
const { wholeOutput } = await import('./terminal/file-output.ts');

const { readTypedArguments } = await import('./program/refuse-broken-arguments.ts');

const args = process.argv.slice(2);
const interruption = new AbortController();
let interruptsHeld = 0;

process.on('SIGINT', () => {
  if (interruptsHeld === 0) interrupt();
});
process.on('SIGTERM', interrupt);
process.on('SIGHUP', interrupt);

const exitCode = await run({
  args,
  typedArguments: () => readTypedArguments(args.length),
  environment: process.env,
  stdin: process.stdin,
  stdout: wholeOutput(process.stdout, 1),
  stderr: process.stderr,
  now: Date.now,
  hostname: hostname(),
  interrupt: interruption.signal,
  async withoutInterrupt(work) {
    interruptsHeld += 1;
    try {
      return await work();
    } finally {
      interruptsHeld -= 1;
    }
  },
});
// What was interrupted may still hold sockets and timers.
process.exit(exitCode);

/** The second time, whatever is going on ends at once. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
}
