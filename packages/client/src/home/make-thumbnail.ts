import { utf8ToBytes, type FileValue } from '@dataans/core';
import { findSignature } from '../files/content-signatures.ts';
import { isDrawable } from '../files/drawable.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';

const drawnSize = { sideMax: 640, quality: 0.75 };

export type ThumbnailPlatform = Pick<HomePlatform, 'primitives' | 'clock' | 'shrinkPicture'>;

/** Gives small pictures of contents, and keeps them. One after another: each takes the memory of a whole photo. // FIL-13 */
export function createThumbnailMaker(
  rooms: HomeRooms,
  { primitives, clock, shrinkPicture }: ThumbnailPlatform,
): (file: FileValue, signal?: AbortSignal) => Promise<Blob | null> {
  let last: Promise<unknown> = Promise.resolve();

  const readKept = (content: Uint8Array): Blob | null => {
    const kept = rooms.store.thumbnails.read(content, clock.now());
    return kept === null ? null : toBlob(kept);
  };
  const make = async (file: FileValue, content: Uint8Array, signal: AbortSignal): Promise<Blob | null> => {
    signal.throwIfAborted();
    const kept = readKept(content); // It may have been made meanwhile.
    const { files } = rooms.session();
    if (kept !== null || shrinkPicture === undefined || !(await files.isHeld(file))) return kept;
    const pieces = (await Array.fromAsync(files.open(file))).map((piece) => piece.slice());
    const small = await shrinkPicture(new Blob(pieces), drawnSize).catch(() => null);
    if (small === null) return null; // It only looks like a picture.
    signal.throwIfAborted();
    rooms.store.thumbnails.write(content, new Uint8Array(await small.arrayBuffer()), clock.now());
    return small;
  };
  return async (file, given) => {
    const { width = 0, height = 0 } = file;
    if (!isDrawable(file) || Math.max(width, height) <= drawnSize.sideMax) return null;
    const content = primitives.hash(utf8ToBytes(file.chunks));
    const kept = readKept(content);
    if (kept !== null || shrinkPicture === undefined) return kept;
    const made = last.then(() => rooms.during((signal) => make(file, content, signal), given));
    last = made.catch(() => undefined);
    return made;
  };
}

function toBlob(picture: Uint8Array): Blob {
  return new Blob([picture.slice()], { type: findSignature(picture)?.type ?? '' });
}
