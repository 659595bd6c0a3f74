import { runLiveQuery, type RunningQuery, type Stop } from '../live/live-query.ts';
import type { StoreChange } from '../store/change-feed.ts';
import type { SearchResult } from '../store/text-search.ts';
import type { Watching, WatchingChange } from './create-watching.ts';
import type { HomeFiles, HomeSpaces, HomeSync } from './home.ts';
import type { HomeLive, OnError } from './home-live.ts';
import type { HomeDrafts } from './home-drafts.ts';
import type { HomeNotes } from './home-notes.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';

/** What may make an answer another one. */
type Change = StoreChange | WatchingChange;

interface Question<Answer> {
  readonly ask: (signal: AbortSignal) => Promise<Answer>;
  readonly tell: (answer: Answer) => void;
  readonly onError: OnError | undefined;
  readonly concerns: (change: Change) => boolean;
}

interface Watched {
  readonly query: RunningQuery;
  readonly concerns: (change: Change) => boolean;
}

export interface LiveQueries {
  readonly home: HomeLive;
  /** The status, or who is signed in, may be another one now. */
  askStatus(): void;
  /** Ends all of them, and resolves when nothing of them runs. */
  end(): Promise<void>;
}

export interface LiveDependencies {
  readonly rooms: HomeRooms;
  readonly platform: Pick<HomePlatform, 'clock' | 'followOthers'>;
  readonly watching: Pick<Watching, 'onChange' | 'index'>;
  readonly groups: {
    readonly sync: Pick<HomeSync, 'status'>;
    readonly spaces: Pick<HomeSpaces, 'list'>;
    readonly notes: Pick<HomeNotes, 'window' | 'read' | 'search' | 'tags'>;
    readonly files: Pick<HomeFiles, 'state'>;
    readonly drafts: Pick<HomeDrafts, 'read'>;
  };
}

/** While pages of a first sync come, a screen is told this often. */
const restMs = 50;

export function createLive({ rooms, platform, watching, groups }: LiveDependencies): LiveQueries {
  const watched = new Set<Watched>();
  let feed: { readonly end: () => Promise<void> } | null = null;

  const tellChange = (change: Change): void => {
    for (const { query, concerns } of watched) if (concerns(change)) query.ask();
  };
  const follow = (): NonNullable<typeof feed> => {
    const ending = new AbortController();
    const { store } = rooms;
    const stops = [
      store.onChange((change) => {
        tellChange(change);
        // What a first sync brings is read once all of it is here.
        if (changesNotes(change) && change.entities !== 'everything') watching.index();
      }),
      watching.onChange(tellChange),
    ];
    const polled = platform.followOthers?.(() => {
      store.lookForOthers();
    }, ending.signal);
    return {
      end: async () => {
        ending.abort();
        for (const stop of stops) stop();
        await polled;
      },
    };
  };
  const watch = <Answer>({ concerns, onError = throwUncaught, ...question }: Question<Answer>): Stop => {
    const rest = (signal: AbortSignal): Promise<void> => platform.clock.sleep(restMs, signal);
    const own = { concerns, query: runLiveQuery({ ...question, onError, rest }) };
    watched.add(own);
    try {
      feed ??= follow();
    } catch {
      // What keeps the store from being opened, the question itself is told.
    }
    return () => {
      own.query.stop();
      watched.delete(own);
      if (watched.size === 0) void endFeed();
    };
  };
  const endFeed = async (): Promise<void> => {
    const ending = feed;
    feed = null;
    await ending?.end();
  };
  return {
    home: createQuestions(watch, groups),
    askStatus: () => {
      tellChange('status');
    },
    end: async () => {
      for (const { query } of watched) query.stop();
      watched.clear();
      await endFeed();
    },
  };
}

function createQuestions(
  watch: <Answer>(question: Question<Answer>) => Stop,
  { sync, spaces, notes, files, drafts }: LiveDependencies['groups'],
): HomeLive {
  return {
    spaces: (tell, onError) => watch({ ask: () => spaces.list(), tell, onError, concerns: isOfStore }),
    notes: (query, tell, onError) =>
      watch({ ask: () => notes.window(query), tell, onError, concerns: changesMentions }),
    tags: (query, tell, onError) =>
      watch({ ask: () => notes.tags(query), tell, onError, concerns: changesMentions }),
    note: (id, tell, onError) =>
      watch({ ask: () => notes.read(id), tell, onError, concerns: (change) => changesNote(change, id) }),
    search: (query, tell, onError) => {
      let last: SearchResult | null = null;
      const ask = async (signal: AbortSignal): Promise<SearchResult> =>
        (last = await notes.search(query, { signal }));
      const isBehind = (): boolean => last !== null && last.indexing !== null;
      // The index itself is no entity.
      const concerns = (change: Change): boolean => (isBehind() ? isOfStore(change) : changesNotes(change));
      return watch({ ask, tell, onError, concerns });
    },
    files: (ids, tell, onError) =>
      watch({
        ask: async () =>
          new Map(await Promise.all(ids.map(async (id) => [id, await files.state(id)] as const))),
        tell,
        onError,
        concerns: () => true, // How far a file has come is no change of the store.
      }),
    draft: (place, tell, onError) =>
      watch({ ask: () => drafts.read(place), tell, onError, concerns: isOfStore }),
    status: (tell, onError) => watch({ ask: () => sync.status(), tell, onError, concerns: () => true }),
  };
}

function isOfStore(change: Change): boolean {
  return typeof change === 'object';
}

/** What texts mention is known once they are in the index. */
function changesMentions(change: Change): boolean {
  return change === 'index' || changesNotes(change);
}

/** A note that was moved away is named with its new space, so that each space is asked again. */
function changesNotes(change: Change): boolean {
  return names(change, ({ kind }) => kind !== 'device');
}

function changesNote(change: Change, id: string): boolean {
  return names(change, (entity) => entity.id === id || entity.kind === 'file');
}

type NamedEntity = Exclude<StoreChange['entities'], 'everything'>[number];

function names(change: Change, isMeant: (entity: NamedEntity) => boolean): boolean {
  return typeof change === 'object' && (change.entities === 'everything' || change.entities.some(isMeant));
}

function throwUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
