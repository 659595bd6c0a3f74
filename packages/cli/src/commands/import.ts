import type { ImportReport } from '@dataans/client';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { describeImport } from '../output/import-report.ts';
import { printResult } from '../output/print.ts';
import { formatBytes, formatCount } from '../output/sizes.ts';

/** Fails where something that holds content could not be imported; the rest is imported all the same. */
export async function importFrom(context: Context, folder: string): Promise<ExitCode> {
  const report = await importReporting(context, folder);
  await printResult(context, { json: () => report, text: () => describeImport(report).join('\n') });
  if (report.notes.deleted + report.attachments.deleted > 0)
    context.terminal.hint(`To see and restore what was deleted: ${context.call} trash list`);
  return report.complete ? exitCodes.done : exitCodes.failed;
}

async function importReporting(context: Context, folder: string): Promise<ImportReport> {
  const { terminal, interrupt } = context;
  const home = await context.home();
  return home.folders.importFrom(
    { kind: 'directory', path: folder },
    {
      signal: interrupt,
      onProgress: ({ files, bytes }) =>
        terminal.progress.show(`Importing: ${formatCount(files, 'file')}, ${formatBytes(bytes)}`),
    },
  );
}
