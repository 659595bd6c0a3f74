import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts a folder in the place of what is there, unless that is what is wanted: several processes may build at once.
 *
 * @param isWanted what is in the place does; asked each time
 */
export function putInPlace(folder: string, place: string, isWanted: () => boolean): void {
  while (!isWanted()) {
    try {
      renameSync(folder, place);
      return;
    } catch (error) {
      if (!isOccupied(error)) throw error;
    }
    removeAtOnce(place);
  }
}

/** Nobody sees half of it. */
function removeAtOnce(place: string): void {
  const aside = mkdtempSync(`${place}-`);
  try {
    renameSync(place, join(aside, 'former'));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error; // Somebody else has.
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** A folder takes the place of nothing, or of an empty one. */
function isOccupied(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
