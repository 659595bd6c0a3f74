import { chooseLanguage, isLanguage, type Language } from '../words/words.ts';

/** What a person chose for this browser. Nothing of it is secret, and all of it is needed before the first paint. */
export interface Settings {
  readonly theme: Theme;
  readonly text: TextSize;
  readonly language: Language;
  readonly enterSends: boolean;
}

export const themes = ['light', 'dark', 'system'] as const;
export const textSizes = ['small', 'normal', 'large', 'huge'] as const;
export type Theme = (typeof themes)[number];
export type TextSize = (typeof textSizes)[number];

/** The little of a `Storage` that is used. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

const key = 'dataans settings';

/** What is kept, as far as it can be; for the rest what suits the browser. */
export function readSettings(storage: SettingsStorage, languages: readonly string[]): Settings {
  const kept = readKept(storage);
  const language = kept['language'];
  return {
    theme: themes.find((theme) => theme === kept['theme']) ?? 'system',
    text: textSizes.find((size) => size === kept['text']) ?? 'normal',
    language: typeof language === 'string' && isLanguage(language) ? language : chooseLanguage(languages),
    enterSends: kept['enterSends'] !== false,
  };
}

export function keepSettings(storage: SettingsStorage, settings: Settings): void {
  try {
    storage.setItem(key, JSON.stringify(settings));
  } catch {
    // A browser without room for this goes on as it is until it is closed.
  }
}

function readKept(storage: SettingsStorage): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}

/** Shows them: the style sheets look at these attributes. */
export function applySettings(root: HTMLElement, { theme, text, language }: Settings): void {
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  root.dataset['text'] = text;
  root.lang = language;
}
