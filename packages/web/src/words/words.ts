import { en, type Words } from './en.ts';

export type { Words } from './en.ts';

/** What each language is called in itself. */
export const languageNames = { en: 'English', uk: 'Українська' } as const;

export type Language = keyof typeof languageNames;

/** English is always there; any other language comes when it is wanted. */
export async function loadWords(language: Language): Promise<Words> {
  return language === 'en' ? en : (await import('./uk.ts')).uk;
}

export function isLanguage(text: string): text is Language {
  return Object.hasOwn(languageNames, text);
}

/** The first of the reader's languages that we speak. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [language = ''] = tag.toLowerCase().split('-');
    if (isLanguage(language)) return language;
  }
  return 'en';
}
