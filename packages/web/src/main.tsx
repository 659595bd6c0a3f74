import { openWebHome } from '@dataans/client/web';
import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import './look/look.css';
import { AppRoot } from './app/app.tsx';
import { createDraftFiles } from './drafts/draft-files.ts';
import { createDrafts } from './drafts/drafts.ts';
import { createSentNotes } from './drafts/sent-notes.ts';
import { createFileStates } from './state/file-states.ts';
import { playOne } from './files/play-one.ts';
import { serveFiles } from './files/serve-files.ts';
import { MissingPage } from './first-run/missing-page.tsx';
import { takeLinkedPassphrase } from './first-run/passphrase-link.ts';
import { lookAround, whatIsMissing } from './first-run/what-is-missing.ts';
// oxlint-disable-next-line import/default -- what the build makes of it has one, see assets.d.ts
import workerAddress from './home-worker.ts?worker&url';
import { createRouter } from './router/router.ts';
import { applySettings, keepSettings, readSettings } from './state/settings.ts';
import { createAppState } from './state/app-state.ts';
import { AppContext, type App } from './state/context.ts';
import { showBadge } from './state/badge.ts';
import { createLastScreen } from './state/last-screen.ts';
import { createNotices } from './state/notices.ts';
import { tellError, tellNotAttached } from './state/tell-error.ts';
import { followUpdates } from './state/updates.ts';
import { trustedAddress } from './trusted-address.ts';
import { createFormats } from './words/formats.ts';
import { loadWords } from './words/words.ts';

const noticeMs = 7_000;
const draftMs = 300;
/** Grows with each release: tabs of two versions don't share a home. */
const programVersion = 1;

// Before anything else: it is in no address any more when something asks for one.
const linkedPassphrase = signal(takeLinkedPassphrase(window));
// The link was opened in a tab that shows the app already.
addEventListener('hashchange', () => {
  linkedPassphrase.value = takeLinkedPassphrase(window) ?? linkedPassphrase.value;
});
const settings = signal(readSettings(localStorage, navigator.languages));
effect(() => {
  applySettings(document.documentElement, settings.value);
  keepSettings(localStorage, settings.value);
});
const words = signal(await loadWords(settings.value.language));
effect(() => {
  const { language } = settings.value;
  void loadWords(language).then((loaded) => {
    if (settings.peek().language === language) words.value = loaded;
  });
});
// The reader's own variant of the language, if it is one of the browser's: it says how dates are written.
const formats = computed(() => {
  const { language } = settings.value;
  return createFormats(navigator.languages.find((tag) => tag.startsWith(language)) ?? language);
});
effect(() => {
  // The margin of a phone is as wide as its times.
  document.documentElement.dataset['clock'] = /\p{L}/u.test(formats.value.time(0)) ? '12' : '24';
});
const root = document.querySelector('#app') ?? document.body;
const missing = whatIsMissing(lookAround(window));
if (missing === null) render(startApp(), root);
else render(<MissingPage words={words.value} missing={missing} />, root);

function startApp() {
  const { home, tab } = openWebHome({
    version: programVersion,
    startWorker: () => new Worker(trustedAddress(workerAddress), { type: 'module' }),
  });
  const notices = createNotices((callBack) => {
    const timer = setTimeout(callBack, noticeMs);
    return () => clearTimeout(timer);
  });
  const onError = (error: unknown): void => notices.show(tellError(error, words.peek()));
  const lastScreen = createLastScreen(localStorage, programVersion);
  const drafts = createDrafts({
    drafts: home.drafts,
    last: lastScreen.screen?.drafts ?? [],
    storage: sessionStorage,
    wait: (callBack) => setTimeout(callBack, draftMs),
    onError,
  });
  const sentNotes = createSentNotes({ notes: home.notes, drafts, storage: sessionStorage, onError });
  document.addEventListener('visibilitychange', drafts.flush);
  playOne(document);
  if ('serviceWorker' in navigator) serveFiles(navigator.serviceWorker, home.files);
  const draftFiles = createDraftFiles({
    drafts: home.drafts,
    randomId: () => crypto.randomUUID(),
    onError: (error, name) =>
      notices.show(
        name === null ? tellError(error, words.peek()) : tellNotAttached(error, name, words.peek()),
      ),
  });
  const state = createAppState({ home, tab, drafts, draftFiles, sentNotes, lastScreen, onError });
  document.addEventListener('visibilitychange', () => {
    const [account, spaces] = [state.account.peek(), state.spaces.peek()];
    if (document.visibilityState === 'hidden' && account?.signedIn === true && spaces !== null)
      lastScreen.keep({ account, spaces, drafts: drafts.list() });
  });
  // The status is told far more often than it changes.
  const pending = computed(() => state.status.value?.pendingChanges ?? 0);
  effect(() => showBadge(navigator, pending.value));
  const app: App = {
    home,
    state,
    lastScreen,
    router: createRouter(window),
    notices,
    updates: followUpdates({
      workers: 'serviceWorker' in navigator ? navigator.serviceWorker : null,
      address: trustedAddress('/app/service-worker.js'),
      reload: () => location.reload(),
    }),
    drafts,
    draftFiles,
    sentNotes,
    fileStates: createFileStates(home.live, onError),
    linkedPassphrase,
    settings,
    changeSettings: (change) => {
      settings.value = { ...settings.value, ...change };
    },
    words,
    formats,
    now: Date.now,
  };
  return (
    <AppContext.Provider value={app}>
      <AppRoot />
    </AppContext.Provider>
  );
}
