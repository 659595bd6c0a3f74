import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes, OperatorError } from '../operator-error.ts';
import type { TokenStore } from '../stores/token-store.ts';
import { dataFiles } from './data-folder-files.ts';
import { chunksFolder } from './disk/disk-chunk-files.ts';
import { nullIfAbsent } from './disk/absent.ts';

/** A file that was made and never written, as a crash leaves one, holds as little as one that is not there. */
export function hasLog(root: string): boolean {
  return (statSync(join(root, dataFiles.log), { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Throws `OperatorError` where there is no log and a server has been here before: a new log in its place would look
 * like a server that never kept anything. // SRV-45
 */
export async function refuseLostLog(root: string, tokens: TokenStore): Promise<void> {
  if (hasLog(root)) return;
  const left = await findTrace(root, tokens);
  if (left === null) return;
  throw new OperatorError(
    `The log in the data folder ${root} is gone (${dataFiles.log} is missing or empty), but ${left} there. Restore ${dataFiles.log} from a copy, or restore a backup into another folder and set DATAANS_DATA to that. To start with an empty log anyway, move the folder's contents aside. Your devices then send what they have.`,
    { exitCode: exitCodes.integrity },
  );
}

/** What a server leaves behind that has been used; tokens alone may be made before the first start. */
async function findTrace(root: string, tokens: TokenStore): Promise<string | null> {
  const folders = (await nullIfAbsent(readdir(chunksFolder(root), { withFileTypes: true }))) ?? [];
  if (folders.some((entry) => entry.isDirectory())) return 'chunks are still';
  const names = await readdir(root);
  if (names.includes(dataFiles.chunkIndex)) return 'an index of chunks is still';
  if (names.some((name) => name.startsWith(`${dataFiles.log}.before-schema-`)))
    return 'an earlier copy of it is still';
  const used = (await tokens.list()).some(({ lastUsed }) => lastUsed !== null);
  return used ? 'tokens that were used are still' : null;
}
