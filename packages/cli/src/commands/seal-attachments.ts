import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { SourceFault, type PlannedChange, type SealedFile } from '@dataans/client';
import type { Home } from '@dataans/client/node';
import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';
import { printableLine } from '../output/printable.ts';
import { formatBytes } from '../output/sizes.ts';
import { newEntityId } from './new-entity-id.ts';

/** A file entity to be made. */
type NewFile = Extract<PlannedChange, { readonly entity: 'file' }>;

/**
 * Seals the content of files, so that a change may name them. Nothing is recorded yet: where a later
 * one fails, the note stays as it was.
 */
export async function sealAttachments(
  context: Context,
  home: Home,
  paths: readonly string[],
): Promise<readonly NewFile[]> {
  const sealed: NewFile[] = [];
  for (const path of paths) {
    const value = { name: basename(path), ...(await sealFile(context, home, path)) };
    sealed.push({ entity: 'file', id: await newEntityId(), parents: [], deleted: false, value });
  }
  return sealed;
}

async function sealFile({ terminal, interrupt }: Context, home: Home, path: string): Promise<SealedFile> {
  const name = printableLine(path);
  try {
    const files = await home.files();
    const { openContent } = await import('@dataans/client/node');
    const content = await openContent(await realpath(path));
    try {
      return await files.seal(content, ({ doneBytes, totalBytes }) => {
        interrupt.throwIfAborted();
        terminal.progress.show(`Attaching ${name}: ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`);
      });
    } finally {
      await content.close();
    }
  } catch (error) {
    throw explain(error, name);
  }
}

function explain(error: unknown, name: string): unknown {
  if (error instanceof SourceFault) {
    return new DataansError('storage-unusable', `${name} was not attached. ${error.message}`, {
      cause: error,
    });
  }
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
    return new DataansError('not-found', `There is no file ${name}.`, { cause: error });
  }
  return error;
}
