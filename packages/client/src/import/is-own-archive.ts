import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@dataans/core';
import { archivePaths, type ArchiveManifest } from '../folder-format/archive-format.ts';
import type { ArchiveProof } from '../export/archive-proof.ts';
import { SourceFault, type FolderSource } from './folder-source.ts';

/** Whether this account made the export, and its lines are as they were then. // EXP-9 */
export async function isOwnArchive(
  source: FolderSource,
  manifest: ArchiveManifest,
  proof: Pick<ArchiveProof, 'isOwn'> | undefined,
): Promise<boolean> {
  const { hashes } = manifest;
  if (proof === undefined || hashes === undefined || !(await proof.isOwn(manifest))) return false;
  for (const kind of ['spaces', 'files', 'notes'] as const)
    if ((await hashFile(source, archivePaths[kind])) !== hashes[kind]) return false;
  return true;
}

/** `null` if it cannot be read. */
async function hashFile(source: FolderSource, path: string): Promise<string | null> {
  try {
    const content = await source.openFile(path);
    if (content === null) return null;
    try {
      const hash = sha256.create();
      for await (const piece of content.pieces()) hash.update(piece);
      return bytesToHex(hash.digest());
    } finally {
      await content.close();
    }
  } catch (error) {
    if (error instanceof SourceFault) return null;
    throw error;
  }
}
