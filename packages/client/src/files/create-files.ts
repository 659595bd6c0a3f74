import {
  countContentPieces,
  countPieces,
  DataansError,
  formerPieceSize,
  isPieceCount,
  limits,
  makePaddingPiece,
  openChunk,
  packChunkNames,
  paddedPieceSize,
  padPiece,
  pieceContentSize,
  sealChunks,
  unpackChunkNames,
  type Chunk,
  type ChunkName,
  type DataKey,
  type Primitives,
  type UnlockedKeyring,
} from '@dataans/core';
import type { LocalChunks } from '../platform/local-chunks.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import { cutPieces } from './cut-pieces.ts';
import type { Files, FileSource, SealedFile, OpenOptions } from './files.ts';

export interface FilesDependencies {
  readonly chunks: LocalChunks;
  readonly primitives: Primitives;
  readonly readKeyring: () => Promise<UnlockedKeyring>;
}

/** For one file: its chunks are sealed or opened under one keyring. */
interface Unlocked extends Omit<FilesDependencies, 'readKeyring'> {
  readonly keyring: UnlockedKeyring;
}

/** Sealing one piece overlaps with writing the chunks before it; each holds two megabytes. */
const piecesAtOnce = 4;

export function createFiles(dependencies: FilesDependencies): Files {
  return {
    seal: async (source, onProgress = () => undefined) =>
      seal(await unlock(dependencies), source, onProgress),
    open: (file, options = {}) => open(dependencies, file, options),
    isHeld: async (file) => {
      for (const name of chunkNames(file)) if (!(await dependencies.chunks.has(name))) return false;
      return true;
    },
  };
}

async function unlock({ readKeyring, ...dependencies }: FilesDependencies): Promise<Unlocked> {
  return { ...dependencies, keyring: await readKeyring() };
}

async function seal(
  dependencies: Unlocked,
  source: FileSource,
  onProgress: NonNullable<Parameters<Files['seal']>[1]>,
): Promise<SealedFile> {
  const { bytes } = source;
  requireSize(bytes);
  const names: ChunkName[] = [];
  let rest: Uint8Array = new Uint8Array();
  let isKnown = true;
  let doneBytes = 0;
  await runParallel(numberPieces(source), piecesAtOnce, async ({ piece, index }) => {
    if (piece.length < limits.pieceBytesMax) rest = piece;
    else {
      const held = await holdPiece(dependencies, piece);
      names[index] = held.name;
      isKnown &&= held.wasHeld;
    }
    doneBytes += piece.length;
    onProgress({ doneBytes, totalBytes: bytes });
  });
  if (doneBytes !== bytes) throw changed();
  const all = await holdEnd(dependencies, bytes, names, rest, isKnown);
  await dependencies.chunks.flush();
  return { bytes, chunks: packChunkNames(all) };
}

/**
 * Holds what comes behind the full pieces of a file: the rest of its content, and its padding. // CHK-1, CHK-7
 *
 * @param isKnown every full piece was held here before
 * @returns the names of all chunks of the file
 */
async function holdEnd(
  dependencies: Unlocked,
  fileBytes: number,
  full: readonly ChunkName[],
  rest: Uint8Array,
  isKnown: boolean,
): Promise<readonly ChunkName[]> {
  const former = isKnown ? await findFormerRest(dependencies, fileBytes, full.length, rest) : null;
  if (former !== null) return [...full, former];
  const content = [...full];
  if (rest.length > 0) {
    const padded = padPiece(rest, paddedPieceSize({ fileBytes, index: full.length }));
    content.push((await holdPiece(dependencies, padded)).name);
  }
  const names = [...content];
  const numbers = Array.from(
    { length: countPieces(fileBytes) - content.length },
    (_, n) => content.length + n,
  );
  await runParallel(numbers, piecesAtOnce, async (index) => {
    const padding = makePaddingPiece(dependencies.primitives, content, { fileBytes, index });
    names[index] = (await holdPiece(dependencies, padding)).name;
  });
  return names;
}

/** The chunk of the rest of a file that was attached here when only last pieces were padded. // CHK-6, FIL-2 */
async function findFormerRest(
  dependencies: Unlocked,
  fileBytes: number,
  index: number,
  rest: Uint8Array,
): Promise<ChunkName | null> {
  const formerSize = formerPieceSize(rest.length);
  if (rest.length === 0 || formerSize === paddedPieceSize({ fileBytes, index })) return null;
  const padded = padPiece(rest, formerSize);
  for (const key of dependencies.keyring.byId.values()) {
    const { name } = await sealPiece(dependencies.primitives, key, padded);
    if (await dependencies.chunks.keep(name)) return name;
  }
  return null;
}

interface HeldPiece {
  readonly name: ChunkName;
  readonly wasHeld: boolean;
}

/** A chunk of the piece that is held here, under whichever data key; else a new one under the current key. // FIL-2 */
async function holdPiece({ chunks, primitives, keyring }: Unlocked, piece: Uint8Array): Promise<HeldPiece> {
  const current = await sealPiece(primitives, keyring.current, piece);
  if (await chunks.keep(current.name)) return { name: current.name, wasHeld: true };
  for (const key of keyring.byId.values()) {
    if (key === keyring.current) continue;
    const { name } = await sealPiece(primitives, key, piece);
    if (await chunks.keep(name)) return { name, wasHeld: true };
  }
  await chunks.put(current.name, current.sealed);
  return { name: current.name, wasHeld: false };
}

async function sealPiece(primitives: Primitives, key: DataKey, piece: Uint8Array): Promise<Chunk> {
  const [chunk] = await sealChunks(primitives, key, [piece]);
  if (chunk === undefined) throw new TypeError('Sealing gave no chunk.');
  return chunk;
}

async function* numberPieces(
  source: FileSource,
): AsyncGenerator<{ readonly piece: Uint8Array; readonly index: number }> {
  let index = 0;
  for await (const piece of cutPieces(source.pieces(), limits.pieceBytesMax)) {
    if (piece.length !== pieceContentSize({ fileBytes: source.bytes, index })) throw changed();
    yield { piece, index };
    index += 1;
  }
}

async function* open(
  locked: FilesDependencies,
  file: SealedFile,
  { fetchChunk, range: { from, to } = { from: 0, to: file.bytes } }: OpenOptions,
): AsyncGenerator<Uint8Array> {
  const dependencies = await unlock(locked);
  const names = chunkNames(file);
  if (!isPieceCount(file.bytes, names.length)) throw damaged();
  const size = limits.pieceBytesMax;
  const first = Math.floor(from / size);
  for (const [offset, name] of names.slice(first, countContentPieces(to)).entries()) {
    const index = first + offset;
    const sealed = (await dependencies.chunks.get(name)) ?? (await fetchChunk?.(name)) ?? null;
    if (sealed === null) throw notHere();
    const place = { fileBytes: file.bytes, index };
    const opened = await openChunk(dependencies.primitives, dependencies.keyring, sealed, place);
    if (!opened.ok) throw damaged();
    yield opened.piece.subarray(Math.max(0, from - index * size), to - index * size);
  }
}

function chunkNames(file: SealedFile): readonly ChunkName[] {
  const names = unpackChunkNames(file.chunks);
  if (names === null) throw damaged();
  return names;
}

function requireSize(bytes: number): void {
  if (bytes <= limits.fileBytesMax) return;
  const gigabytes = (size: number): string => (size / 1e9).toFixed(1);
  throw new DataansError(
    'too-large',
    `The file is ${gigabytes(bytes)} GB. The limit is ${gigabytes(limits.fileBytesMax)} GB.`,
  );
}

function changed(): DataansError {
  return new DataansError('invalid', 'The file changed while it was being read.', {
    advice: 'Attach it again.',
  });
}

function notHere(): DataansError {
  return new DataansError('not-found', "This file hasn't been downloaded to this device yet.", {
    advice: 'Sync this device, then try again.',
  });
}

function damaged(): DataansError {
  return new DataansError('integrity', "This file is damaged: it isn't what was attached.", {
    advice: 'Attach the file again on a device that has it.',
  });
}
