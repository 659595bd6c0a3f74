import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LogId } from '@dataans/core';
import type { Blobs } from '../chunks/blobs.ts';
import { s3PlaceToText, type ChunkPlace, type S3Place } from '../chunks/chunk-place.ts';
import type { ChunkIndex } from '../chunks/chunk-index.ts';
import { blameOneChunk } from '../chunks/blame-one-chunk.ts';
import type { ChunkSource, ChunkStore } from '../chunks/chunk-store.ts';
import { openIndexedChunks } from '../chunks/indexed-chunks.ts';
import { sha256 } from '../hash.ts';
import { OperatorError } from '../operator-error.ts';
import { SourceError } from '../stores/source-error.ts';
import { StorageUnavailableError } from '../stores/storage-unavailable.ts';
import { errorText } from '../system-error.ts';
import { dataFiles } from './data-folder-files.ts';
import { chunksFolder, readDiskChunks } from './disk/disk-chunk-files.ts';
import { incomingOf, openDiskChunks } from './disk/disk-chunks.ts';
import { makeFolder } from './disk/make-folder.ts';
import { BucketError, createAskBucket } from './s3/ask-bucket.ts';
import { createS3Blobs } from './s3/s3-blobs.ts';
import { openSqliteChunkIndex, type SqliteChunkIndex } from './sqlite/sqlite-chunk-index.ts';

export interface OpenedChunks {
  readonly chunks: ChunkStore;
  close(): Promise<void>;
}

/** The chunks of a log, to read and to write. Throws `OperatorError` if the data folder's are elsewhere. // SRV-93 */
export async function openChunks(root: string, log: LogId, place: ChunkPlace): Promise<OpenedChunks> {
  requireSameKind(root, place);
  if (place === 'files') return { chunks: await openChunksOf(root), close: async () => {} };
  // Whether the folder can be written is tried there.
  makeFolder(incomingOf(root));
  const index = openIndexOf(root, place);
  try {
    return { chunks: await openBucketChunks(place, log, index), close: index.close };
  } catch (error) {
    await index.close();
    throw error;
  }
}

/** The chunks of a log in a bucket that an index knows. Throws `OperatorError` if the bucket refuses us. // SRV-92 */
export async function openBucketChunks(place: S3Place, log: LogId, index: ChunkIndex): Promise<ChunkStore> {
  const blobs = openBucket(place, log);
  await requireBucket(blobs, place, index);
  return openIndexedChunks({ blobs, index, hash: sha256 });
}

/** The chunks of a log, to read: what is there, whatever an index says. // SRV-93 */
export function openChunksToRead(root: string, log: LogId, place: ChunkPlace): ChunkSource {
  requireSameKind(root, place);
  return place === 'files' ? readDiskChunks(root) : readBucket(place, log);
}

/** Chunks as files of a folder. */
export function openChunksOf(root: string): Promise<ChunkStore> {
  return openDiskChunks({ root, newFileName: () => randomBytes(16).toString('hex') });
}

/** What a data folder knows of the chunks in a bucket. Throws `OperatorError` if it knows another bucket. */
export function openIndexOf(root: string, place: S3Place): SqliteChunkIndex {
  const text = s3PlaceToText(place);
  const index = openSqliteChunkIndex(join(root, dataFiles.chunkIndex), text);
  if (index.place === text) return index;
  void index.close();
  throw new OperatorError(
    `The chunks of the data folder ${root} are in ${index.place}, and DATAANS_CHUNKS says ${text}. Set it back. If the chunks were copied there, or if it is the same bucket under another address, remove ${dataFiles.chunkIndex} from the folder. The server then lists the bucket.`,
  );
}

/** The chunks of a log in a bucket, to read. One that is away says nothing of what is in it, and least of all that it is damaged. */
export function readBucket(place: S3Place, log: LogId): ChunkSource {
  const blobs = openBucket(place, log);
  const explain = (error: unknown): never => {
    if (!(error instanceof StorageUnavailableError)) throw error;
    throw new SourceError(
      `Can't read ${s3PlaceToText(place)}. ${bucketFailureText(error)}`,
      'Check the bucket, its key and the network',
      error,
    );
  };
  const list: ChunkSource['list'] = (after, limit) => blobs.list(after, limit).catch(explain);
  return blameOneChunk({ ...blobs, list }, () => list(null, 1));
}

export function openBucket(place: S3Place, log: LogId): Blobs {
  const ask = createAskBucket(place, { fetch, wait, random: Math.random });
  return createS3Blobs({ ask, prefix: place.prefix, log });
}

/** A server with chunks elsewhere would say that it has none: devices would send what they have, and the rest were gone. */
function requireSameKind(root: string, place: ChunkPlace): void {
  if (place === 'files' && existsSync(join(root, dataFiles.chunkIndex)))
    throw new OperatorError(
      `The chunks of the data folder ${root} are in a bucket, and DATAANS_CHUNKS isn't set. Set it as it was. To keep chunks in files again, make a backup with DATAANS_CHUNKS set, and restore it into another folder without.`,
    );
  if (place !== 'files' && hasChunkFiles(root))
    throw new OperatorError(
      `The data folder ${root} has its chunks in files, and DATAANS_CHUNKS says that they are in a bucket. Remove DATAANS_CHUNKS. To move them, make a backup without it, and restore it into another folder with DATAANS_CHUNKS set.`,
    );
}

function hasChunkFiles(root: string): boolean {
  const folder = chunksFolder(root);
  return (
    existsSync(folder) && readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isDirectory())
  );
}

/** Throws `OperatorError` if a bucket for the logs of many accounts refuses us. // SRV-92 */
export async function requireBucketAt(place: S3Place): Promise<void> {
  // No log has it: nothing is listed, and the answer says whether we may.
  const nobodys = '00000000-0000-0000-0000-000000000000' as LogId;
  await requireBucket(openBucket(place, nobodys), place, { isFilled: async () => true });
}

/** A bucket that refuses us will not think better of it; one that is away may be back in a while. // SRV-92 */
async function requireBucket(
  blobs: Blobs,
  place: S3Place,
  index: Pick<ChunkIndex, 'isFilled'>,
): Promise<void> {
  try {
    await blobs.list(null, 1);
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error;
    const isRefusal = error.cause instanceof BucketError && error.cause.status < 500;
    if (!isRefusal && (await index.isFilled())) return;
    throw new OperatorError(
      `Can't use ${s3PlaceToText(place)} for chunks. ${bucketFailureText(error)} Check DATAANS_CHUNKS, DATAANS_S3_ENDPOINT, DATAANS_S3_REGION and the key, and that the bucket exists.`,
      { cause: error },
    );
  }
}

/** Why a bucket did not do what it was asked, as a sentence. */
function bucketFailureText({ cause }: StorageUnavailableError): string {
  if (cause instanceof BucketError) return cause.message;
  const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
  return `It can't be reached (${errorText(inner)}).`;
}
