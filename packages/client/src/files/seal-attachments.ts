import { randomBytesToUuid, type EntityId, type Primitives } from '@dataans/core';
import type { NewFile } from '../store/new-file.ts';
import type { FileProgress, FileSource } from './files.ts';
import { sealFile, type Sealer } from './seal-file.ts';
import { toFileSource, type Content } from './to-file-source.ts';

/** Something to attach, with the name that it goes by. */
export interface Attachable {
  /** A new one unless told. */
  readonly id?: EntityId;
  readonly name: string;
  /** Media type of the content, if it says none itself; found out from content and name otherwise. // FIL-10 */
  readonly type?: string;
  readonly content: Content;
}

export interface SealOptions {
  readonly onProgress?: (progress: FileProgress & { readonly name: string }) => void;
  /** What was sealed until then is kept, and nothing names it. */
  readonly signal?: AbortSignal;
}

/**
 * Seals the content of files, one after another, so that a change may name them. Nothing is recorded yet: if a later one
 * fails, no note has changed. // STO-54
 */
export async function sealAttachments(
  { primitives, ...sealer }: Sealer & { readonly primitives: Pick<Primitives, 'randomBytes'> },
  attachables: readonly Attachable[],
  { onProgress, signal }: SealOptions = {},
): Promise<readonly NewFile[]> {
  const sealed: NewFile[] = [];
  for (const {
    id = randomBytesToUuid<EntityId>(primitives.randomBytes(16)),
    name,
    type,
    content,
  } of attachables) {
    const source = {
      ...untilAborted(toFileSource(content), signal),
      ...(type === undefined ? {} : { type }),
    };
    const held = await sealFile(sealer, name, source, (progress) => onProgress?.({ ...progress, name }));
    sealed.push({ id, value: { name, ...held } });
  }
  return sealed;
}

function untilAborted(source: FileSource, signal: AbortSignal | undefined): FileSource {
  return {
    ...source,
    async *pieces() {
      for await (const piece of source.pieces()) {
        signal?.throwIfAborted();
        yield piece;
      }
    },
  };
}
