import { DataansError, type EntityId } from '@dataans/core';
import { readFetchPolicy, writeFetchPolicy } from '../files/fetch-policy.ts';
import type { ByteRange, OpenOptions } from '../files/files.ts';
import type { NewFile } from '../store/new-file.ts';
import { describeFile } from '../store/windows/read-note-rows.ts';
import { readFileState } from '../sync/contents.ts';
import type { HomeFiles } from './home.ts';
import type { HomePlatform } from './home-platform.ts';
import { createThumbnailMaker, type ThumbnailPlatform } from './make-thumbnail.ts';
import type { HomeRooms } from './home-rooms.ts';

const readBytesMax = 4 * 1024 * 1024;

export function createFilesGroup(
  rooms: HomeRooms,
  platform: Pick<HomePlatform, 'defaultPolicy'> & ThumbnailPlatform,
): HomeFiles {
  const { defaultPolicy } = platform;
  const makeThumbnail = createThumbnailMaker(rooms, platform);
  const findFile = ({ entities, drafts }: HomeRooms['store'], id: EntityId): NewFile | null =>
    entities.read('file', id) ?? drafts.files().find((file) => file.id === id) ?? null;
  const readFile = (id: EntityId): NewFile => {
    const file = findFile(rooms.store, id);
    if (file === null) throw new DataansError('not-found', 'There is no such file.');
    return file;
  };
  return {
    row: async (id) => {
      const file = findFile(rooms.store, id);
      return file === null ? null : describeFile(file);
    },
    state: async (id) => {
      const transfers = rooms.isSignedIn() ? rooms.session().transfers : null;
      return readFileState({ store: rooms.store, transfers }, defaultPolicy, id);
    },
    fetch: (id, { signal } = {}) => rooms.session().contents.fetch(id, signal ?? never),
    release: (id, { signal } = {}) => rooms.session().contents.release(id, signal ?? never),
    cancel: async (id) => {
      rooms.session().contents.cancel(id);
    },
    policy: async () => readFetchPolicy(rooms.store.facts, defaultPolicy),
    setPolicy: async (policy) => {
      writeFetchPolicy(rooms.store.facts, policy);
      rooms.retry();
    },
    thumbnail: async (id, { signal } = {}) => makeThumbnail(readFile(id).value, signal),
    read: async (id, range, { signal } = {}) => {
      const { value } = readFile(id);
      const { from, to } = requireRange(range ?? { from: 0, to: value.bytes }, value.bytes);
      const { files, fetchChunk } = rooms.session();
      const bytes = new Uint8Array(to - from);
      let done = 0;
      const options = {
        range: { from, to },
        fetchChunk: async (name) => {
          const sealed = await fetchChunk(name, signal);
          noteLoss(rooms.store, id, sealed !== null);
          return sealed;
        },
      } satisfies OpenOptions;
      for await (const piece of files.open(value, options)) {
        signal?.throwIfAborted();
        bytes.set(piece, done);
        done += piece.length;
      }
      return bytes;
    },
  };
}

const never = new AbortController().signal;

/** A content that was taken for whole is not: it is fetched anew if the server has it. // FIL-9 */
function noteLoss({ entities, files }: HomeRooms['store'], id: EntityId, isOnServer: boolean): void {
  if (entities.read('file', id) === null || files.absence(id) !== null) return;
  try {
    files.markAbsent([id], { isDamaged: !isOnServer });
  } catch {
    // A home that cannot be written is read all the same, and finds it out again later.
  }
}

function requireRange({ from, to }: ByteRange, bytes: number): ByteRange {
  const isRange = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to;
  if (!isRange || to > bytes)
    throw new DataansError('invalid', `The file has ${bytes} bytes: bytes ${from} to ${to} are not in it.`);
  if (to - from > readBytesMax)
    throw new DataansError('too-large', `At most ${readBytesMax} bytes are read in one call.`, {
      advice: 'Read the file in parts.',
    });
  return { from, to };
}
