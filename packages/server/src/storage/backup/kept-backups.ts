import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseKept, type KeepRule } from '../../backups/keep-rule.ts';
import { OperatorError } from '../../operator-error.ts';
import { keptManifestName, keptNumberOf } from './backup-files.ts';
import { readManifest, type Manifest } from './manifest.ts';

/** All backups of a folder that can be restored, the newest last. One whose manifest is damaged is left out. */
export async function listBackups(folder: string): Promise<readonly Manifest[]> {
  const newest = await readManifest(folder);
  const numbers = (await readdir(folder)).map(keptNumberOf).filter((number) => number !== null);
  const kept = await Promise.all(numbers.map((number) => readKept(folder, number)));
  return [...kept, newest]
    .filter((manifest) => manifest !== null)
    .filter((manifest, index, all) => all.findIndex(({ number }) => number === manifest.number) === index)
    .toSorted((left, right) => left.number - right.number);
}

/** Takes away the manifests of the earlier backups that a rule does not keep; their logs are nobody's then. // SRV-81 */
export async function dropEarlierBackups(folder: string, rule: KeepRule): Promise<void> {
  const backups = await listBackups(folder);
  const kept = chooseKept(backups, rule);
  const newest = backups.at(-1);
  for (const backup of backups)
    if (backup !== newest && !kept.has(backup))
      await rm(join(folder, keptManifestName(backup.number)), { force: true });
}

/** Nobody knows when a backup was made whose manifest is damaged: it stays, for somebody to look at. */
async function readKept(folder: string, number: number): Promise<Manifest | null> {
  try {
    return await readManifest(folder, number);
  } catch (error) {
    if (error instanceof OperatorError) return null;
    throw error;
  }
}
