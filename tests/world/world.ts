import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './at-exit.ts';

/** Whoever runs the clean-up: a test, or a whole file by its own `after`. */
export interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

/** One folder with everything that a test makes, and what has to end before it goes. */
export interface World {
  readonly folder: string;
  /** Runs when the test is over, the last one first. */
  defer(cleanUp: () => Promise<void> | void): void;
}

const folders = new Set<string>();
atExit(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export async function createWorld(scope: Scope): Promise<World> {
  const cleanUps = new AsyncDisposableStack();
  scope.after(() => cleanUps.disposeAsync());
  const folder = await mkdtemp(join(tmpdir(), 'dataans-world-'));
  folders.add(folder);
  cleanUps.defer(async () => {
    await rm(folder, { recursive: true, force: true });
    folders.delete(folder);
  });
  return {
    folder,
    defer: (cleanUp) => {
      cleanUps.defer(cleanUp);
    },
  };
}
