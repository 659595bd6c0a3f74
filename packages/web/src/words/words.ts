import { en, type Words } from './en.ts';
import { uk } from './uk.ts';

export type { Words } from './en.ts';

export const wordsByLanguage = { en, uk } satisfies Readonly<Record<string, Words>>;

export type Language = keyof typeof wordsByLanguage;

export function isLanguage(text: string): text is Language {
  return Object.hasOwn(wordsByLanguage, text);
}

/** The first of the reader's languages that we speak. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [language = ''] = tag.toLowerCase().split('-');
    if (isLanguage(language)) return language;
  }
  return 'en';
}
