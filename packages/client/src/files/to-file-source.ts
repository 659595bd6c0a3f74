import { DataansError, limits } from '@dataans/core';
import type { FileSource } from './files.ts';

/** Content as a program has it: bytes, what a person has chosen or pasted in a browser, or a source of its own. */
export type Content = Uint8Array | Blob | FileSource;

export function toFileSource(content: Content): FileSource {
  if (content instanceof Uint8Array)
    return {
      bytes: content.length,
      blob: () => new Blob([content.slice()]),
      pieces: () => oneByOne([content]),
    };
  if (content instanceof Blob)
    return { bytes: content.size, type: content.type, blob: () => content, pieces: () => cutBlob(content) };
  return content;
}

async function* oneByOne(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

/** Its bytes stay where they are until a piece is asked for. */
async function* cutBlob(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < blob.size; from += limits.pieceBytesMax) {
    const piece = await blob
      .slice(from, from + limits.pieceBytesMax)
      .arrayBuffer()
      .catch((cause: unknown) => {
        throw new DataansError('invalid', 'The file cannot be read: it was changed or removed.', {
          advice: 'Choose it again.',
          cause,
        });
      });
    yield new Uint8Array(piece);
  }
}
