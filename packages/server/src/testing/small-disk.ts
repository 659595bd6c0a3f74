import { execFileSync, spawnSync } from 'node:child_process';
import { statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { afterTest } from './after-test.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Why a test cannot have a small disk, or `false`. */
export function whyNoSmallDisk(): string | false {
  if (process.platform !== 'linux') return 'mounting a small file system is done on Linux only';
  // Root may be without the right, as in most containers: only a mount of its own tells.
  const mounted = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]);
  return mounted.status === 0 ? false : 'mounting a small file system takes root with the right to mount';
}

/** A file system of its own with room for so many megabytes, and for so many files and folders; 0: any number. */
export async function smallDisk(t: TestContext, megabytes = 8, filesMax = 0): Promise<string> {
  const disk = await temporaryFolder(t);
  execFileSync('/bin/mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${megabytes}m,nr_inodes=${filesMax}`,
    'tmpfs',
    disk,
  ]);
  afterTest(t, () => execFileSync('/bin/umount', ['-l', disk]));
  return disk;
}

/** Takes all the room but so many bytes; returns the file that holds it. */
export async function fillDisk(disk: string, leftBytes: number): Promise<string> {
  const { bavail, bsize } = await statfs(disk);
  const filler = join(disk, 'filler');
  await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
  return filler;
}
