import type { ChunkName, FileValue } from '@dataans/core';

/** Content to be attached. */
export interface FileSource {
  readonly bytes: number;
  /** Its media type, if whoever has it knows one. */
  readonly type?: string;
  /** It again, for what draws pictures, if it is to be had as a whole. */
  readonly blob?: () => Blob;
  /** In order, of any size; `bytes` in all. Each is the reader's to keep. */
  pieces(): AsyncIterable<Uint8Array>;
}

/** What the operation of a file says about its content. */
export type SealedFile = Pick<FileValue, 'bytes' | 'chunks'>;

/** Fetches a chunk that is not held here; `null` where the server has it not. */
export type ChunkFetcher = (name: ChunkName, signal?: AbortSignal) => Promise<Uint8Array | null>;

/** How far the content of one file has come. */
export interface FileProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** Bytes from `from` to before `to`. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

export interface OpenOptions {
  readonly fetchChunk?: ChunkFetcher;
  /** Within the content; only the chunks that it lies in are read or fetched. All of it unless told. // FIL-8 */
  readonly range?: ByteRange;
}

/** Contents of files, as sealed chunks that this device holds. */
export interface Files {
  /**
   * Seals the content and stores its chunks here, for good when it resolves: only then may an
   * operation name them. Equal content gives equal chunks, which are not stored twice; nor are those that
   * are held under an earlier data key, so that content is not new only because the key is. // FIL-2
   *
   * @throws DataansError `too-large` over `fileBytesMax`, `invalid` when the content is not `bytes` long
   */
  seal(source: FileSource, onProgress?: (progress: FileProgress) => void): Promise<SealedFile>;
  /**
   * The content, or the range of it, in pieces of at most `pieceBytesMax`, each proven to be what was sealed.
   *
   * @throws DataansError `not-found` where a chunk is not held and not fetched, `integrity` where one is damaged
   */
  open(file: SealedFile, options?: OpenOptions): AsyncIterable<Uint8Array>;
  /** Every chunk of the content is held here, unharmed as far as its presence shows. */
  isHeld(file: SealedFile): Promise<boolean>;
}
