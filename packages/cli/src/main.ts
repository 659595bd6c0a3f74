#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';

// Before anything else is loaded: halves the start of every command.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/dataans', import.meta.url)));
const { run } = await import('./run.ts');

const interruption = new AbortController();
let interruptsHeld = 0;

process.on('SIGINT', () => {
  if (interruptsHeld === 0) interrupt();
});
process.on('SIGTERM', interrupt);
process.on('SIGHUP', interrupt);

const exitCode = await run({
  args: process.argv.slice(2),
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
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
