import { DataansError, type EntityId } from '@dataans/core';
import type { Entity } from '../store/entities.ts';
import type { ByteRange, HomeFiles } from './home.ts';
import type { HomeRooms } from './home-rooms.ts';

const readBytesMax = 4 * 1024 * 1024;

export function createFilesGroup(rooms: HomeRooms): HomeFiles {
  const readFile = (id: EntityId): Entity<'file'> => {
    const file = rooms.store.entities.read('file', id);
    if (file === null) throw new DataansError('not-found', 'There is no such file.');
    return file;
  };
  return {
    state: async (id) => {
      const isHere = await rooms.session().files.isHeld(readFile(id).value);
      return { kind: isHere ? 'here' : 'elsewhere' };
    },
    read: async (id, range, { signal } = {}) => {
      const { value } = readFile(id);
      const { from, to } = requireRange(range ?? { from: 0, to: value.bytes }, value.bytes);
      const { files, fetchChunk } = rooms.session();
      const pieces = files.open(value, { fetchChunk: (name) => fetchChunk(name, signal) });
      const bytes = new Uint8Array(to - from);
      let at = 0;
      for await (const piece of pieces) {
        signal?.throwIfAborted();
        const first = Math.max(from, at);
        const end = Math.min(to, at + piece.length);
        if (first < end) bytes.set(piece.subarray(first - at, end - at), first - from);
        at += piece.length;
        if (at >= to) break;
      }
      return bytes;
    },
  };
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
