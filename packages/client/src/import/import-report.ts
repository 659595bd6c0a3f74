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

/** How many things of one kind were added, changed or left as they were. */
export type Tally = Readonly<Record<Outcome, number>>;

/** What was imported: a folder, a JSON export of this account, or one that is not proven to be. // IMP-12 */
export type ImportedSource = 'folder' | 'own-export' | 'other-export';

/** What an import did. */
export interface ImportReport {
  readonly source: ImportedSource;
  /** 1, or the next number if a folder of the same name that holds other things was imported before. // IMP-13 */
  readonly copy: number;
  readonly spaces: Tally;
  readonly notes: Tally;
  /** Of a folder the files that are no notes, each of which is a note as well; of an export all its files. */
  readonly attachments: Tally;
  /** The first of what was left out. */
  readonly skipped: readonly SkippedPath[];
  /** How much more was. */
  readonly skippedMore: number;
  /** Everything that holds content was imported; links and the like may have been skipped. */
  readonly complete: boolean;
}

export type Counted = 'spaces' | 'notes' | 'attachments';

/** Collects a report while an import goes on. */
export interface ReportBuilder {
  count(what: Counted, outcome: Outcome): void;
  setCopy(copy: number): void;
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

/** As many as a person may look at: a folder can hold any number of faults. // IMP-10 */
const skippedMax = 1_000;

export function createReportBuilder(source: ImportedSource): ReportBuilder {
  const tallies = { spaces: startTally(), notes: startTally(), attachments: startTally() };
  const skipped: SkippedPath[] = [];
  let counted = 0;
  let skippedMore = 0;
  let complete = true;
  let copy = 1;
  return {
    count: (what, outcome) => {
      tallies[what][outcome] += 1;
      counted += 1;
    },
    setCopy: (number) => {
      copy = number;
    },
    skip: (path) => {
      complete &&= harmless.has(path.reason);
      if (skipped.length < skippedMax) skipped.push(path);
      else skippedMore += 1;
    },
    isEmpty: () => counted === 0 && skipped.length === 0,
    build: () => ({ source, copy, ...tallies, skipped, skippedMore, complete }),
  };
}

function startTally(): Record<Outcome, number> {
  return { added: 0, changed: 0, unchanged: 0, edited: 0, deleted: 0 };
}
