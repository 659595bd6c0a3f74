import { hashToUuid, utf8ToBytes, type EntityId, type Primitives } from '@dataans/core';

import type { ImportRoot } from './import-root.ts';

type Hash = Pick<Primitives, 'hash'>;

/**
 * The id of the space that a folder becomes: the same on every device, so that two that import one
 * folder before they meet make one space of it. // IMP-5
 */
export function folderToSpaceId(
  primitives: Hash,
  { name, copy }: Pick<ImportRoot, 'name' | 'copy'>,
  folder: string,
): EntityId {
  return hashParts(primitives, ['space', name, String(copy), folder]);
}

/** Whether an import made it: version 8 says that an id was derived (RFC 9562, section 5.8). */
export function isDerivedId(id: EntityId): boolean {
  return id[14] === '8';
}

/** @param copy 1, or the next number where an earlier one names a note that is another by now */
export function nameToNoteId(primitives: Hash, space: EntityId, name: string, copy: number): EntityId {
  return hashParts(primitives, ['note', space, name, String(copy)]);
}

/** The id of the file that a note stands for. */
export function noteToFileId(primitives: Hash, note: EntityId): EntityId {
  return hashParts(primitives, ['file', note]);
}

/** The id of something exported elsewhere, where another thing has its own id here. // IMP-12 */
export function copyToId(primitives: Hash, exported: EntityId, copy: number): EntityId {
  return hashParts(primitives, ['copy', exported, String(copy)]);
}

/** No part holds a zero: they come from file names and ids. One name may be spelled in two ways. */
function hashParts(primitives: Hash, parts: readonly string[]): EntityId {
  const text = ['dataans/import/1', ...parts].join('\0').normalize('NFC');
  return hashToUuid(primitives.hash(utf8ToBytes(text)));
}
