import { limits, type ChunkName } from '@dataans/core';
import { requireRoomToSend } from '../status/sent-again.ts';
import type { HeldFiles } from '../store/held-files.ts';
import type { SyncRun } from './sync-run.ts';

/** Names that are asked about in one order: those of the largest file, or of many others. */
const shuffledTogether = limits.fileChunksMax;

/** All that revisions of files name, some at a time. */
export function* nameChunks(files: HeldFiles): Iterable<readonly ChunkName[]> {
  for (let place = 0; ;) {
    const contents = files.namedContents(place, shuffledTogether);
    const last = contents.at(-1);
    if (last === undefined) return;
    place = last.place;
    yield [...new Set(contents.flatMap(({ chunks }) => chunks))];
  }
}

/** @throws IntegrityError if the server was given so much again already that a person is asked // HEAL-10 */
export function requireRoomForChunks(
  { store, connection, clock }: Pick<SyncRun, 'store' | 'connection' | 'clock'>,
  lost: number,
): void {
  const asked = { address: connection.address, what: 'chunks', lost, nowMs: clock.now() } as const;
  requireRoomToSend(store.facts, { ...asked, held: () => new Set([...nameChunks(store.files)].flat()).size });
}
