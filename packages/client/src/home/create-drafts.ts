import { freeDropped } from '../drafts/free-dropped.ts';
import { addDraftFile, dropDraft, removeDraftFile, writeDraft } from '../drafts/write-drafts.ts';
import type { Holding } from '../files/holding.ts';
import type { NewFile } from '../store/new-file.ts';
import { describeFile } from '../store/windows/read-note-rows.ts';
import type { HomeDrafts } from './home-drafts.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';

export interface DraftsDependencies {
  readonly rooms: HomeRooms;
  readonly platform: Pick<HomePlatform, 'clock' | 'followOthers'>;
  readonly holding: Holding;
}

export function createHomeDrafts({ rooms, platform, holding }: DraftsDependencies): HomeDrafts {
  const { clock } = platform;
  const pause = (): Promise<void> => clock.sleep(0);
  const dependencies = () => ({ store: rooms.store, clock });
  const free = (dropped: readonly NewFile[]): void => {
    // Another process may be sealing the same content just now, and nobody here knows of it.
    if (dropped.length === 0 || platform.followOthers !== undefined) return;
    const { store, chunks } = rooms;
    rooms
      .during((signal) => freeDropped({ store, chunks, holding, pause, signal }, dropped))
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
