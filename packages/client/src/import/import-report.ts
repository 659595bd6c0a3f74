import type { SkippedPath, SkipReason } from './folder-source.ts';

/** What became of one imported thing. */
export type Outcome =
  | 'added'
  | 'changed'
  /** It is here as it is in the folder. */
  | 'unchanged'
  /** It was changed here since, and stays so: the folder holds an earlier version of it. // IMP-11 */
  | 'edited'
  /** It was deleted here since, and stays so. Spaces that stay deleted are not counted. // IMP-11 */
  | 'deleted';

export type Tally = Readonly<Record<Outcome, number>>;

/** What an import did. */
export interface ImportReport {
  readonly spaces: Tally;
  readonly notes: Tally;
  /** Files that are no notes. */
  readonly attachments: Tally;
  readonly skipped: readonly SkippedPath[];
  /** Everything that holds content was imported; links and the like may have been skipped. */
  readonly complete: boolean;
}

export type Counted = 'spaces' | 'notes' | 'attachments';

/** Collects a report while an import goes on. */
export interface ReportBuilder {
  count(what: Counted, outcome: Outcome): void;
  skip(path: SkippedPath): void;
  /** Nothing was counted or skipped yet. */
  isEmpty(): boolean;
  build(): ImportReport;
}

/** These leave out nothing that a file in the folder holds. */
const harmless: ReadonlySet<SkipReason> = new Set([
  'link-broken',
  'link-leaves-folder',
  'link-to-folder',
  'not-a-file',
  'own-home',
]);

export function createReportBuilder(): ReportBuilder {
  const tallies = { spaces: startTally(), notes: startTally(), attachments: startTally() };
  const skipped: SkippedPath[] = [];
  let counted = 0;
  return {
    count: (what, outcome) => {
      tallies[what][outcome] += 1;
      counted += 1;
    },
    skip: (path) => {
      skipped.push(path);
    },
    isEmpty: () => counted === 0 && skipped.length === 0,
    build: () => ({ ...tallies, skipped, complete: skipped.every(({ reason }) => harmless.has(reason)) }),
  };
}

function startTally(): Record<Outcome, number> {
  return { added: 0, changed: 0, unchanged: 0, edited: 0, deleted: 0 };
}
