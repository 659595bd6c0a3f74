import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { formatCount, formatNumber } from '../output/sizes.ts';

export interface ExportOptions {
  readonly format: 'markdown' | 'json';
}

export async function exportTo(context: Context, folder: string, options: ExportOptions): Promise<ExitCode> {
  const { terminal, interrupt } = context;
  const { exportFolder } = await import('@dataans/client');
  const { openFolderTarget } = await import('@dataans/client/node');
  const home = await context.home();
  const files = await home.files();
  const target = await openFolderTarget(folder, home.directory);
  const report = await exportFolder({ entities: home.store.entities, files }, target, {
    format: options.format,
    fetchChunk: await home.chunkFetcher(),
    signal: interrupt,
    onProgress: ({ done, total }) =>
      terminal.progress.show(`Exporting ${formatNumber(done)} of ${formatCount(total, 'file')}`),
  });
  return print(context, {
    json: () => ({ folder, format: options.format, ...report }),
    text: () => {
      const { spaces, notes, files: attached, leftovers } = report;
      const counts = [
        formatCount(notes, 'note'),
        formatCount(attached, 'file'),
        formatCount(spaces, 'space'),
      ];
      return [
        `Exported ${counts.join(', ')} to ${printableLine(folder)}.`,
        ...leftovers.map(
          (path) => `An unfinished export is at ${printableLine(path)}: remove it, unless it still runs.`,
        ),
      ].join('\n');
    },
  });
}
