import type { ChunkName, LogId } from '@dataans/core';
import type { Blobs } from '../../chunks/blobs.ts';
import type { ChunkRange, ReadChunk } from '../../chunks/chunk-store.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import type { AskBucket } from './ask-bucket.ts';
import { listObjects } from './list-objects.ts';

/** The chunks of one log in a bucket, as objects `prefix/log id/name`. */
export function createS3Blobs(options: {
  readonly ask: AskBucket;
  /** As in the place: without a slash at either end. */
  readonly prefix: string;
  /** No two logs share an object: nothing tells one that another has a chunk. */
  readonly log: LogId;
}): Blobs {
  const { ask } = options;
  const folder = `${options.prefix === '' ? '' : `${options.prefix}/`}${options.log}/`;
  let canPutIfAbsent = true;

  const put = async (
    name: ChunkName,
    body: Uint8Array<ArrayBuffer>,
    condition: Readonly<Record<string, string>>,
  ) => {
    // The name of a chunk is the hash that a signed request has of its body: the bucket checks the bytes, too.
    const headers = { ...condition, 'x-amz-content-sha256': name };
    const response = await ask({ method: 'PUT', key: folder + name, headers, body });
    await response.body?.cancel();
    return response.status;
  };
  const size = async (name: ChunkName): Promise<number | null> => {
    const { status, headers } = await ask({ method: 'HEAD', key: folder + name });
    return status === 404 ? null : Number(headers.get('content-length'));
  };
  const replace = async (name: ChunkName, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    const status = await put(name, bytes, {});
    if (status >= 300) throw unexpected(status);
  };

  return {
    size,
    replace,
    putIfAbsent: async (name, bytes) => {
      const status = canPutIfAbsent ? await put(name, bytes, { 'if-none-match': '*' }) : 501;
      if (status === 412) return 'already';
      if (status < 300) return 'stored';
      if (status !== 501) throw unexpected(status);
      // It has no conditions. Two who both find nothing put the same bytes.
      canPutIfAbsent = false;
      if ((await size(name)) !== null) return 'already';
      await replace(name, bytes);
      return 'stored';
    },
    read: async (name, range) => {
      const header = rangeToHeader(range);
      if (header === 'unsatisfiable') return header;
      const response = await ask({
        method: 'GET',
        key: folder + name,
        ...(header !== null && { headers: { range: header } }),
      });
      return readAnswer(response, header !== null);
    },
    list: (after, limit) => listObjects(ask, folder, after, limit),
  };
}

/** `null`: all of it. */
function rangeToHeader(range: ChunkRange): string | null {
  if (range === 'whole') return null;
  if ('last' in range) return range.last === 0 ? 'unsatisfiable' : `bytes=-${range.last}`;
  const { from, to } = range;
  if (to !== null && to <= from) return 'unsatisfiable';
  return `bytes=${from}-${to === null ? '' : to - 1}`;
}

async function readAnswer(response: Response, isPart: boolean): Promise<ReadChunk | 'unsatisfiable' | null> {
  const { status, headers } = response;
  const body = response.body ?? new Blob([]).stream();
  if (!isPart && status === 200) {
    const size = Number(headers.get('content-length'));
    return { size, span: { start: 0, end: size }, body };
  }
  const [, first, last, all] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
  if (isPart && status === 206 && first !== undefined)
    return { size: Number(all), span: { start: Number(first), end: Number(last) + 1 }, body };
  await response.body?.cancel();
  if (status === 404) return null;
  if (isPart && status === 416) return 'unsatisfiable';
  throw unexpected(status);
}

function unexpected(status: number): StorageUnavailableError {
  return new StorageUnavailableError(
    new Error(`The bucket answered ${status} to a request that asks for another answer.`),
  );
}
