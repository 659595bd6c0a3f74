import { bytesToUtf8, concatBytes, limits, utf8ToBytes } from '@dataans/core';
import type { FileSource } from '../files/files.ts';
import { sealFile, type FileContent, type Sealer } from '../files/seal-file.ts';
import { SourceFault, type SourceContent, type SourceFile } from './folder-source.ts';
import { isNoteName } from '../folder-format/whole-file.ts';

/** A file of the folder, ready to be recorded. */
export interface ReadEntry {
  readonly folder: string;
  readonly name: string;
  readonly content:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'file'; readonly sealed: FileContent };
}

/**
 * Markdown that is UTF-8 and fits a note as its text, anything else as sealed content. // IMP-2, IMP-3
 *
 * @throws SourceFault
 */
export async function readEntry(folder: string, file: SourceFile, sealer: Sealer): Promise<ReadEntry> {
  const content = await file.open();
  try {
    return { folder, name: file.name, content: await readContent(file.name, content, sealer) };
  } finally {
    await content.close();
  }
}

async function readContent(
  name: string,
  content: SourceContent,
  sealer: Sealer,
): Promise<ReadEntry['content']> {
  if (!isNoteName(name) || content.bytes > limits.operationBytesMax)
    return sealContent(name, content, sealer);
  const bytes = concatBytes(...(await Array.fromAsync(content.pieces())));
  const text = bytesToUtf8(bytes);
  if (text !== null && fitsNote(text)) return { kind: 'text', text };
  return sealContent(name, { bytes: bytes.length, pieces: () => cutPieces(bytes) }, sealer);
}

/** What an operation holds beside the text: ids, stamps, a name, a few parents and files. */
const besideTextBytesMax = 16_384;

/** Whether the note's operation stays within its limit, with room for what is added to the note later. */
function fitsNote(text: string): boolean {
  const bytesMax = limits.operationBytesMax - besideTextBytesMax;
  // A character of JSON takes at most six bytes.
  return text.length * 6 <= bytesMax || utf8ToBytes(JSON.stringify(text)).length <= bytesMax;
}

async function sealContent(name: string, content: FileSource, sealer: Sealer): Promise<ReadEntry['content']> {
  if (content.bytes > limits.fileBytesMax)
    throw new SourceFault('too-large', `It has ${content.bytes} bytes. The limit is ${limits.fileBytesMax}.`);
  return { kind: 'file', sealed: await sealFile(sealer, name, content) };
}

async function* cutPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += limits.pieceBytesMax)
    yield bytes.subarray(start, start + limits.pieceBytesMax);
}
