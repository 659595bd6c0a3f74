import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { SourceFault, type Attachable, type WriteOptions } from '@dataans/client';
import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';
import { printableLine } from '../output/printable.ts';
import { formatBytes } from '../output/sizes.ts';

/** Records a change with files of this machine, which are open until it has ended. */
export async function attachPaths<Result>(
  { terminal, interrupt }: Context,
  paths: readonly string[],
  record: (attach: readonly Attachable[], options: WriteOptions) => Promise<Result>,
): Promise<Result> {
  const opened: OpenedFile[] = [];
  try {
    for (const path of paths) opened.push(await openFile(path));
    return await record(
      opened.map(({ attachable }) => attachable),
      {
        signal: interrupt,
        onProgress: ({ name, doneBytes, totalBytes }) => {
          terminal.progress.show(
            `Attaching ${printableLine(name)}: ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`,
          );
        },
      },
    );
  } finally {
    for (const file of opened) await file.close();
  }
}

interface OpenedFile {
  readonly attachable: Attachable;
  close(): Promise<void>;
}

async function openFile(path: string): Promise<OpenedFile> {
  const shown = printableLine(path);
  try {
    const { openContent } = await import('@dataans/client/node');
    const content = await openContent(await realpath(path));
    const pieces = (): AsyncIterable<Uint8Array> => explainFaults(content.pieces(), shown);
    return {
      attachable: { name: basename(path), content: { bytes: content.bytes, pieces } },
      close: () => content.close(),
    };
  } catch (error) {
    throw explain(error, shown);
  }
}

async function* explainFaults(pieces: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    throw explain(error, name);
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
