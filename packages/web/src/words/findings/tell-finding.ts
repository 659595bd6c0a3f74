import type { Finding, FindingKind } from '@dataans/client';
import type { Language } from '../words.ts';
import { findingsInEnglish } from './english.ts';
import type { FindingWords, SaidOfFinding } from './finding-words.ts';
import { findingsInUkrainian } from './ukrainian.ts';

const wordsByLanguage: Readonly<Record<Language, FindingWords>> = {
  en: findingsInEnglish,
  uk: findingsInUkrainian,
};

export function findingWords(language: Language): FindingWords {
  return wordsByLanguage[language];
}

export function tellFinding(
  { kind, concerns }: { readonly kind: string; readonly concerns: Finding['concerns'] },
  { byKind, unknown }: Pick<FindingWords, 'byKind' | 'unknown'>,
): SaidOfFinding {
  // Kinds are those of the version that found it.
  return Object.hasOwn(byKind, kind) ? byKind[kind as FindingKind](concerns) : unknown;
}
