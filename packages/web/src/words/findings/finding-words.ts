import type { Finding, FindingKind } from '@dataans/client';

export interface SaidOfFinding {
  readonly what: string;
  readonly advice: string;
}

/** What the app says of what is wrong: by kind and values, as the home gives them. Comes with the page that shows it. */
export interface FindingWords {
  readonly byKind: Readonly<Record<FindingKind, (concerns: Finding['concerns']) => SaidOfFinding>>;
  /** A kind that a newer version of the program has found. */
  readonly unknown: SaidOfFinding;
  readonly deletedElsewhere: (deleted: number, notes: number) => string;
  readonly emptiedElsewhere: (emptied: number, notes: number) => string;
  readonly bringBack: string;
  readonly broughtBack: (notes: number) => string;
  readonly clockAhead: (ms: number) => string;
  readonly clockBehind: (ms: number) => string;
  readonly serverClock: (ms: number) => string;
  readonly clockLeftAhead: (ms: number) => string;
}
