import { configure, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { concatBytes } from '@dataans/core';
import type { ArchivePlace } from './archive-place.ts';
import type { FolderTarget } from './folder-target.ts';

configure({ useWebWorkers: false });

/** What is compressed already: to try it again takes time and saves nothing. */
const isCompressed =
  /\.(?:jpe?g|png|gif|webp|avif|heic|mp[34]|m4a|mov|ogg|opus|webm|zip|gz|7z|xz|zst|docx|xlsx|pptx|odt)$/i;
const stored = 0;
const deflated = 6;

/**
 * A folder that becomes a zip archive, one file after another: memory holds a few pieces of one. // EXP-10
 *
 * @param writtenAt in milliseconds since 1970 UTC: what all files are dated
 */
export function createZipTarget(place: ArchivePlace, writtenAt: number): FolderTarget {
  // oxlint-disable-next-line no-restricted-globals -- the time is passed in, and the library asks for it so
  const lastModDate = new Date(writtenAt);
  const written = holdTogether(place.write);
  const zip = new ZipWriter<unknown>(new WritableStream({ write: written.write }), {
    useUnicodeFileNames: true,
  });
  let before: Promise<unknown> = Promise.resolve();
  const add = async (path: readonly string[], pieces: Pieces): Promise<void> => {
    const name = path.join('/');
    await zip.add(name, toStream(pieces), {
      lastModDate,
      level: isCompressed.test(name) ? stored : deflated,
    });
  };
  return {
    rules: place.rules,
    leftovers: [],
    renamed: () => 0,
    write: (path, pieces) => {
      const adding = before.then(() => add(path, pieces));
      before = adding.catch(() => undefined);
      return adding;
    },
    finish: async () => {
      await zip.close();
      await written.flush();
      await place.close();
    },
    discard: place.abort,
  };
}

const writeBytesMin = 262_144;

/** An archive comes in pieces of some bytes, and each one that is written takes a moment. */
function holdTogether(write: ArchivePlace['write']) {
  let held: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const whole = concatBytes(...held);
    held = [];
    bytes = 0;
    await write(whole);
  };
  return {
    flush,
    write: async (piece: Uint8Array): Promise<void> => {
      held.push(piece);
      bytes += piece.length;
      if (bytes >= writeBytesMin) await flush();
    },
  };
}

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

function toStream(pieces: Pieces): ReadableStream<Uint8Array> {
  const iterator = eachPiece(pieces);
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await iterator.return(undefined);
    },
  });
}

async function* eachPiece(pieces: Pieces): AsyncGenerator<Uint8Array, undefined> {
  yield* pieces;
}
