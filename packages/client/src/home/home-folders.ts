import type { ExportFormat, ExportProgress, ExportReport } from '../export/export-folder.ts';
import type { FolderTarget } from '../export/folder-target.ts';
import type { ImportProgress } from '../import/count-progress.ts';
import type { FolderSource } from '../import/folder-source.ts';
import type { ImportReport } from '../import/import-report.ts';
import type { Cancel, WithProgress } from './call-options.ts';

/** Whole folders. A source or a target is no plain value: the platform opens it, in the thread of the home. */
export interface HomeFolders {
  /** Again it records nothing that has not changed. // IMP-4 */
  importFrom(source: FolderSource, options?: RunImportOptions): Promise<ImportReport>;
  /** Everything, as it is or was. What is not here is fetched. // EXP-6 */
  exportTo(target: FolderTarget, options: RunExportOptions): Promise<ExportReport>;
}

export interface RunImportOptions extends Cancel, WithProgress<ImportProgress> {}

export interface RunExportOptions extends Cancel, WithProgress<ExportProgress> {
  readonly format: ExportFormat;
  /** As it was then, in milliseconds since 1970 UTC. // HIS-9 */
  readonly at?: number;
}
