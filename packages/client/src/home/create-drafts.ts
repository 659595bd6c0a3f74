import { addDraftFile, dropDraft, removeDraftFile, writeDraft } from '../drafts/write-drafts.ts';
import { freeChunks, namesOf } from '../files/free-chunks.ts';
import type { NewFile } from '../store/new-file.ts';
import { describeFile } from '../store/windows/read-note-rows.ts';
import type { HomeDrafts } from './home-drafts.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';

export interface DraftsDependencies {
  readonly rooms: HomeRooms;
  readonly platform: Pick<HomePlatform, 'clock'>;
}

export function createHomeDrafts({ rooms, platform }: DraftsDependencies): HomeDrafts {
  const { clock } = platform;
  const { holding } = rooms;
  const pause = (): Promise<void> => clock.sleep(0);
  const dependencies = () => ({ store: rooms.store, clock });
  const free = (dropped: readonly NewFile[]): void => {
    if (dropped.length === 0) return;
    const { store, chunks } = rooms;
    const names = dropped.flatMap(({ value }) => namesOf(value));
    rooms
      .during((signal) => holding.giveUp(() => freeChunks({ store, chunks, pause, signal }, names), signal))
      .catch(() => undefined); // What stays only takes room.
  };
  return {
    read: async (place) => {
      const draft = rooms.store.drafts.read(place);
      return draft === null ? null : { ...draft, files: draft.files.map(describeFile) };
    },
    write: async (place, draft) => {
      if (draft === null) free(dropDraft(rooms, place));
      else writeDraft(dependencies(), place, draft);
    },
    attach: (place, attachable, options = {}) =>
      holding.hold(async () => {
        const [file] = await rooms.session().sealAttachments([attachable], options);
        if (file === undefined) throw new TypeError('Sealing a file gave none.');
        addDraftFile(dependencies(), place, file);
        return describeFile(file);
      }),
    detach: async (place, file) => {
      free(removeDraftFile(dependencies(), place, file));
    },
    list: async () => rooms.store.drafts.list(),
  };
}
