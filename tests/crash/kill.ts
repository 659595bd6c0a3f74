import { watch } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../world/program.ts';

/** Kills a program after so long, unless it ends before; `true` where it was killed. */
export async function killAfter(program: Program, delayMs: number): Promise<boolean> {
  const ended = new AbortController();
  void program.ended.then(
    () => ended.abort(),
    () => ended.abort(),
  );
  // The moment is the point here: it is drawn, and nothing is asserted about time.
  await pause(delayMs, undefined, { signal: ended.signal }).catch(() => undefined);
  program.kill('SIGKILL');
  const { exitCode } = await program.ended;
  return exitCode === null;
}

/** Until something in a folder changes, where what comes next is what should be interrupted; not for long. */
export async function waitForChange(folder: string, atMostMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watcher = watch(folder, () => {
    resolve();
  });
  const enough = new AbortController();
  await Promise.race([promise, pause(atMostMs, undefined, { signal: enough.signal }).catch(() => undefined)]);
  enough.abort();
  watcher.close();
}
