import type { AccountState, Home, HomeStatus, SpaceRow } from '@dataans/client';
import type { Leader, Tab } from '@dataans/client/web';
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { DraftFiles } from '../drafts/draft-files.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { SentNotes } from '../drafts/sent-notes.ts';
import type { LastScreen } from './last-screen.ts';

/** What the whole screen stands on, kept up to date by the home. */
export interface AppState {
  /** The home has told them. Until then they are as they were on the last screen. */
  readonly isTold: ReadonlySignal<boolean>;
  /** `null` until it is known. */
  readonly account: ReadonlySignal<AccountState | null>;
  readonly spaces: ReadonlySignal<readonly SpaceRow[] | null>;
  readonly status: ReadonlySignal<HomeStatus | null>;
  /** Which tab has the home open. */
  readonly leader: ReadonlySignal<Leader>;
  /** Opens it in this one. */
  useHere(): Promise<void>;
  /** Asks the home who is signed in, and follows what it says if somebody is. */
  refresh(): Promise<void>;
}

export interface AppStateDependencies {
  readonly home: Home;
  readonly tab: Tab;
  readonly drafts: Pick<Drafts, 'load' | 'forget'>;
  readonly draftFiles: Pick<DraftFiles, 'forget'>;
  readonly sentNotes: Pick<SentNotes, 'resume' | 'forget'>;
  readonly lastScreen: Pick<LastScreen, 'screen' | 'forget'>;
  readonly onError: (error: unknown) => void;
}

export function createAppState(dependencies: AppStateDependencies): AppState {
  const { home, tab, drafts, draftFiles, sentNotes, lastScreen, onError } = dependencies;
  const account = signal<AccountState | null>(lastScreen.screen?.account ?? null);
  const spaces = signal<readonly SpaceRow[] | null>(lastScreen.screen?.spaces ?? null);
  const areSpacesTold = signal(false);
  const isAccountTold = signal(false);
  const isTold = computed(
    () => isAccountTold.value && (areSpacesTold.value || account.value?.signedIn === false),
  );
  const status = signal<HomeStatus | null>(null);
  const leader = signal<Leader>(tab.leader());
  tab.onLeader((next) => {
    leader.value = next;
  });
  let stops: readonly (() => void)[] = [];

  const follow = (): void => {
    if (stops.length > 0) return;
    stops = [
      home.live.spaces((rows) => {
        spaces.value = rows;
        areSpacesTold.value = true;
      }, onError),
      home.live.status((next) => {
        const endedElsewhere = next.state === 'signed-out' && account.value?.signedIn === true;
        status.value = next;
        // Another tab, or the command line on the same data, has signed out. // SYN-25
        if (endedElsewhere) void refresh().catch(onError);
      }, onError),
    ];
  };
  const forget = (): void => {
    for (const stop of stops) stop();
    stops = [];
    spaces.value = null;
    areSpacesTold.value = false;
    status.value = null;
  };
  const refresh = async (): Promise<void> => {
    const next = await home.account.state();
    if (next.signedIn && stops.length === 0) {
      follow();
      sentNotes.resume();
      await drafts.load();
    }
    if (!next.signedIn) {
      forget();
      drafts.forget();
      draftFiles.forget();
      sentNotes.forget();
      lastScreen.forget();
    }
    account.value = next;
    isAccountTold.value = true;
  };
  const useHere = async (): Promise<void> => {
    try {
      await tab.useHere();
    } catch (error) {
      // Nobody has the notes open now, and the one that sleeps keeps them: it can be tried again.
      if (tab.leader() === 'none') leader.value = 'asleep';
      throw error;
    }
  };
  return { isTold, account, spaces, status, leader, useHere, refresh };
}
