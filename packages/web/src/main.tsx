import { openWebHome } from '@dataans/client/web';
import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import './look/look.css';
import { AppRoot } from './app/app.tsx';
import { createDrafts } from './drafts/drafts.ts';
import { MissingPage } from './first-run/missing-page.tsx';
import { lookAround, whatIsMissing } from './first-run/what-is-missing.ts';
// oxlint-disable-next-line import/default -- what the build makes of it has one, see assets.d.ts
import workerAddress from './home-worker.ts?worker&url';
import { createRouter } from './router/router.ts';
import { applySettings, keepSettings, readSettings } from './state/settings.ts';
import { createAppState } from './state/app-state.ts';
import { AppContext, type App } from './state/context.ts';
import { createNotices } from './state/notices.ts';
import { tellError } from './state/tell-error.ts';
import { trustedAddress } from './trusted-address.ts';
import { createFormats } from './words/formats.ts';
import { wordsByLanguage } from './words/words.ts';

const noticeMs = 7_000;
/** Grows with each release: tabs of two versions don't share a home. */
const programVersion = 1;

const settings = signal(readSettings(localStorage, navigator.languages));
effect(() => {
  applySettings(document.documentElement, settings.value);
  keepSettings(localStorage, settings.value);
});
const words = computed(() => wordsByLanguage[settings.value.language]);
// The reader's own variant of the language, if it is one of the browser's: it says how dates are written.
const formats = computed(() => {
  const { language } = settings.value;
  return createFormats(navigator.languages.find((tag) => tag.startsWith(language)) ?? language);
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
  const state = createAppState({ home, tab, onError });
  const app: App = {
    home,
    state,
    router: createRouter(window),
    notices,
    drafts: createDrafts(localStorage),
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
