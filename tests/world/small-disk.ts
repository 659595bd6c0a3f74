import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram, startProgram } from './program.ts';
import type { World } from './world.ts';

/** A file system of its own with little room, which only programs that run `under` it see at its folder. */
export interface SmallDisk {
  /** Where those programs find it. */
  readonly folder: string;
  /** What to run them under. */
  readonly under: readonly string[];
  /** Where this process finds it. */
  readonly seenFromHere: string;
  /** Takes all the room but so many bytes. */
  fill(leftBytes?: number): void;
  makeRoom(): void;
  mount(access: 'ro' | 'rw'): Promise<void>;
}

const isRoot = process.getuid?.() === 0;
const ownNamespace = ['unshare', ...(isRoot ? [] : ['--user', '--map-root-user']), '--mount'];
const sameNamespace = isRoot ? ['--mount'] : ['--user', '--preserve-credentials', '--mount'];

/** Why this machine lets nobody make one; `false` where it does. */
export function whyNoSmallDisk(): string | false {
  const [file = '', ...args] = ownNamespace;
  const made = spawnSync(file, [...args, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]);
  return made.status === 0 ? false : 'A small disk takes Linux and the right to mount one.';
}

/**
 * The disk is mounted in a namespace that lives as long as one process, which ends with the test
 * however that ends: nothing is left mounted.
 */
export async function makeSmallDisk(world: World, name: string, bytes: number): Promise<SmallDisk> {
  const folder = join(world.folder, name);
  mkdirSync(folder);
  const script = 'mount -t tmpfs -o "size=$2" tmpfs "$1" && echo mounted && exec cat';
  const holder = startProgram(world, [...ownNamespace, 'sh', '-c', script, 'sh', folder, String(bytes)], {
    keepsStdin: true,
  });
  await holder.waitForLine((line) => line === 'mounted');
  const under = ['nsenter', '--target', String(holder.pid), ...sameNamespace, '--'];
  const seenFromHere = join('/proc', String(holder.pid), 'root', folder);
  const filler = join(seenFromHere, 'filler');
  return {
    folder,
    under,
    seenFromHere,
    fill: (leftBytes = 0) => {
      rmSync(filler, { force: true });
      const { bavail, bsize } = statfsSync(seenFromHere);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
    },
    makeRoom: () => {
      rmSync(filler, { force: true });
    },
    mount: async (access) => {
      const command = [...under, 'mount', '-o', `remount,${access}`, folder];
      const { exitCode, stderr } = await runProgram(world, command);
      assert.equal(exitCode, 0, stderr);
    },
  };
}
