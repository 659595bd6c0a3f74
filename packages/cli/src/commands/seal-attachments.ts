import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { sealAttachments, SourceFault, type NewFile } from '@dataans/client';
import type { Home } from '@dataans/client/node';
import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';
import { printableLine } from '../output/printable.ts';
import { formatBytes } from '../output/sizes.ts';

/** Seals files of this machine, so that a note can be recorded with them. */
export async function sealPaths(
  context: Context,
  home: Home,
  paths: readonly string[],
): Promise<readonly NewFile[]> {
  const sealed: NewFile[] = [];
  for (const path of paths) sealed.push(...(await sealPath(context, home, path)));
  return sealed;
}

async function sealPath(
  { terminal, interrupt }: Context,
  home: Home,
  path: string,
): Promise<readonly NewFile[]> {
  const shown = printableLine(path);
  try {
    const files = await home.files();
    const { createNodePrimitives, openContent } = await import('@dataans/client/node');
    const content = await openContent(await realpath(path));
    try {
      const primitives = createNodePrimitives();
      return await sealAttachments({ files, primitives }, [{ name: basename(path), content }], {
        onProgress: ({ doneBytes, totalBytes }) => {
          terminal.progress.show(
            `Attaching ${shown}: ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`,
          );
        },
        signal: interrupt,
      });
    } finally {
      await content.close();
    }
  } catch (error) {
    throw explain(error, shown);
  }
}

function explain(error: unknown, name: string): unknown {
  if (error instanceof SourceFault) {
    return new DataansError('storage-unusable', `${name} wasn't attached. ${error.message}`, {
      cause: error,
    });
  }
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
    return new DataansError('not-found', `There's no file ${name}.`, { cause: error });
  }
  return error;
}
