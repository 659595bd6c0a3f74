import type { Home } from '@dataans/client';
import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Router } from '../router/router.ts';
import type { Settings } from './settings.ts';
import type { Formats } from '../words/formats.ts';
import type { Words } from '../words/words.ts';
import type { DraftFiles } from '../drafts/draft-files.ts';
import type { FileStates } from './file-states.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { SentNotes } from '../drafts/sent-notes.ts';
import type { Notices } from './notices.ts';
import type { AppState } from './app-state.ts';
import type { LastScreen } from './last-screen.ts';
import type { Updates } from './updates.ts';

/** What every part of the screen may use. */
export interface App {
  readonly home: Home;
  readonly state: AppState;
  readonly lastScreen: LastScreen;
  readonly router: Router;
  readonly notices: Notices;
  readonly updates: Updates;
  /** What a link from another device filled in; `null` if this page was opened by none. */
  readonly linkedPassphrase: ReadonlySignal<string | null>;
  readonly drafts: Drafts;
  readonly draftFiles: DraftFiles;
  readonly sentNotes: SentNotes;
  readonly fileStates: FileStates;
  readonly settings: ReadonlySignal<Settings>;
  changeSettings(change: Partial<Settings>): void;
  readonly words: ReadonlySignal<Words>;
  readonly formats: ReadonlySignal<Formats>;
  /** Milliseconds since 1970 UTC. */
  now(): number;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new TypeError('Nothing of the app is shown outside of it.');
  return app;
}
