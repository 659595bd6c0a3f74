import { DataansError } from '@dataans/core';
import type { Clock } from '../platform/clock.ts';
import type { HomeRooms } from './home-rooms.ts';

/** What keeps the search index, and what texts mention, up to date without being asked. // STO-44, STO-59 */
export interface IndexKeeping {
  /** Reads what came, soon; however often this is said meanwhile, once more. */
  index(): void;
  /** Resolves when nothing of it runs. */
  end(): Promise<void>;
}

export function createIndexKeeping(
  rooms: Pick<HomeRooms, 'during' | 'store'>,
  clock: Pick<Clock, 'sleep'>,
  onIndexed: () => void,
): IndexKeeping {
  let running: Promise<void> | null = null;
  let isWanted = false;
  const ending = new AbortController();

  const runWhileWanted = async (): Promise<void> => {
    try {
      while (isWanted && !ending.signal.aborted) {
        isWanted = false;
        await indexAll(rooms, clock);
        onIndexed();
      }
    } finally {
      running = null;
    }
  };
  return {
    index: () => {
      isWanted = true;
      running ??= runWhileWanted();
    },
    end: async () => {
      ending.abort();
      await running;
    },
  };
}

async function indexAll(
  rooms: Pick<HomeRooms, 'during' | 'store'>,
  clock: Pick<Clock, 'sleep'>,
): Promise<void> {
  const pause = (): Promise<void> => clock.sleep(0);
  try {
    await rooms.during(async (signal) => {
      await clock.sleep(0, signal); // Whoever has just written is answered first.
      await rooms.store.search.index({ pause, signal });
    });
  } catch (error) {
    // It ended with the home, or there is no room for it: then searches read every note.
    if (!(error instanceof DataansError)) throw error;
  }
}
