import type { ExportFormat, ExportProgress, ExportReport } from '../export/export-folder.ts';
import type { ImportProgress } from '../import/count-progress.ts';
import type { ChosenFile } from '../import/files-source.ts';
import type { ImportReport } from '../import/import-report.ts';
import type { Cancel, WithProgress } from './call-options.ts';

/** Everything as files and folders, in and out. */
export interface HomeFolders {
  /** Again changes nothing that has not changed. What was recorded until it was ended stays. // IMP-4 */
  importFrom(source: ImportSource, options?: RunImportOptions): Promise<ImportReport>;
  /** All of it, or nothing. // EXP-6 */
  exportTo(target: ExportTarget, options: RunExportOptions): Promise<ExportReport>;
}

/** Where an import reads. */
export type ImportSource =
  /** On this machine: not in a browser. */
  | { readonly kind: 'directory'; readonly path: string }
  /** What a person has chosen. `name` is their folder's, or what the space for files directly in it is to be called. */
  | { readonly kind: 'files'; readonly name: string; readonly files: readonly ChosenFile[] };

/** A new or empty folder on this machine: not in a browser. */
export interface ExportTarget {
  readonly kind: 'directory';
  readonly path: string;
}

/** How an import runs. */
export interface RunImportOptions extends Cancel, WithProgress<ImportProgress> {}

/** How an export runs. */
export interface RunExportOptions extends Cancel, WithProgress<ExportProgress> {
  readonly format: ExportFormat;
  /** As everything was at this time, in milliseconds since 1970 UTC. // HIS-9 */
  readonly at?: number;
}
