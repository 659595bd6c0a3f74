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
  exportTo(target: ExportTarget, options: RunExportOptions): Promise<FolderExported>;
}

/** Where an import reads. */
export type ImportSource =
  /** On this machine: not in a browser. */
  | { readonly kind: 'directory'; readonly path: string }
  /** What a person has chosen. `name` is their folder's, or what the space for files directly in it is to be called. */
  | { readonly kind: 'files'; readonly name: string; readonly files: readonly ChosenFile[] }
  /** A zip archive of such a folder. `name` is its own, without its ending. // IMP-14 */
  | { readonly kind: 'zip'; readonly name: string; readonly archive: Blob };

/** Where an export goes. */
export type ExportTarget =
  /** A new or empty folder on this machine: not in a browser. */
  | { readonly kind: 'directory'; readonly path: string }
  /**
   * A zip archive of the same folder: only in a browser. `file` is one that a person has chosen; `null` leaves the archive
   * in what is reported, until the next export. // EXP-10
   */
  | { readonly kind: 'zip'; readonly file: FileSystemFileHandle | null };

/** What an export wrote. */
export interface FolderExported extends ExportReport {
  /** The archive, if no file was chosen for it. */
  readonly archive: Blob | null;
}

/** How an import runs. */
export interface RunImportOptions extends Cancel, WithProgress<ImportProgress> {}

/** How an export runs. */
export interface RunExportOptions extends Cancel, WithProgress<ExportProgress> {
  readonly format: ExportFormat;
  /** As everything was at this time, in milliseconds since 1970 UTC. // HIS-9 */
  readonly at?: number;
}
