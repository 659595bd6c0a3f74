import { createAccount } from './create-account.ts';
import { createHomeDrafts } from './create-drafts.ts';
import { createFilesGroup } from './create-files.ts';
import { createIds } from './create-ids.ts';
import { createFolders } from './create-folders.ts';
import { createHistory } from './create-history.ts';
import { createLive } from './create-live.ts';
import { createNotes } from './create-notes.ts';
import { createRooms } from './create-rooms.ts';
import { createSpaces } from './create-spaces.ts';
import { createSync } from './create-sync.ts';
import { createWatching } from './create-watching.ts';
import type { Home } from './home.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';

/** The home on a platform, which is the home's from now on. Opens nothing yet. */
export function createHome(platform: HomePlatform): Home {
  return createHomeOver(createRooms(platform), platform);
}

/** The same for whoever needs the rooms beside it. */
export function createHomeOver(rooms: HomeRooms, platform: HomePlatform): Home {
  const { clock } = platform;
  const watching = createWatching(rooms, clock);
  const sync = createSync(rooms, watching, platform);
  const spaces = createSpaces(rooms);
  const notes = createNotes(rooms, clock);
  const files = createFilesGroup(rooms, platform);
  const drafts = createHomeDrafts({ rooms, platform });
  const live = createLive({ rooms, platform, watching, groups: { sync, spaces, notes, files, drafts } });
  return {
    account: createAccount({ rooms, platform, watching, live }),
    sync,
    spaces,
    notes,
    files,
    drafts,
    ids: createIds(rooms),
    history: createHistory(rooms),
    folders: createFolders({ rooms, platform }),
    live: live.home,
    start: async () => {
      watching.start();
    },
    close: async () => {
      await Promise.all([live.end(), watching.end()]);
      await rooms.close();
    },
  };
}
