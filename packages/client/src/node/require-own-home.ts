import { statSync } from 'node:fs';
import { DataansError } from '@dataans/core';

/**
 * Root could work with the home of another user, but leaves files there that its owner cannot read. To give them away
 * afterwards would let that user point root at any file, so that nothing is begun. // CLI-13
 *
 * @throws DataansError `storage-unusable`
 */
export function requireOwnHome(directory: string, uid: number | null = process.getuid?.() ?? null): void {
  if (uid !== 0) return;
  const owner = statSync(directory, { throwIfNoEntry: false })?.uid ?? 0;
  if (owner === 0) return;
  throw new DataansError('storage-unusable', `${directory} belongs to another user, and you are root.`, {
    advice: `Files written by root couldn't be read by their owner. Run the command as that user, with: sudo -u '#${owner}' …`,
  });
}
