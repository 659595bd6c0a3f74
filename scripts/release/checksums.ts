import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const checksumsName = 'SHA256SUMS';

/** A line for each file of a folder, for `sha256sum --check`. */
export function checksumsOf(folder: string): string {
  return readdirSync(folder)
    .filter((name) => name !== checksumsName)
    .toSorted()
    .map((name) => {
      const hash = createHash('sha256').update(readFileSync(join(folder, name)));
      return `${hash.digest('hex')}  ${name}\n`;
    })
    .join('');
}
