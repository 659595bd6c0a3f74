import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { parsePastMoment } from '../lookup/parse-moment.ts';
import { formatIsoTime, formatLocalSecond } from '../output/dates.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { formatCount, formatNumber } from '../output/sizes.ts';

export interface ExportOptions {
  readonly format: 'markdown' | 'json';
  /** As it was then. */
  readonly at?: string;
}

export async function exportTo(context: Context, folder: string, options: ExportOptions): Promise<ExitCode> {
  const { terminal, interrupt } = context;
  const home = await context.home();
  const latest = await home.history.latest();
  const moment = options.at === undefined ? null : parsePastMoment(options.at, context.now(), latest);
  const at = moment?.shown ?? null;
  const target = { kind: 'directory', path: folder } as const;
  const { archive: _none, ...report } = await home.folders.exportTo(target, {
    format: options.format,
    ...(moment === null ? {} : { at: moment.at }),
    signal: interrupt,
    onProgress: ({ done, total }) =>
      terminal.progress.show(`Exporting ${formatNumber(done)} of ${formatCount(total, 'file')}`),
  });
  return print(context, {
    json: () => ({ folder, format: options.format, at: at === null ? null : formatIsoTime(at), ...report }),
    text: () => {
      const { spaces, notes, files: attached, renamed, leftovers } = report;
      const counts = [
        formatCount(notes, 'note'),
        formatCount(attached, 'file'),
        formatCount(spaces, 'space'),
      ];
      return [
        `Exported ${counts.join(', ')} to ${printableLine(folder)}${at === null ? '' : `, as it was on ${formatLocalSecond(at)}`}.`,
        ...(renamed === 0
          ? []
          : [`Changed ${formatCount(renamed, 'name')} that can't be used in that folder.`]),
        ...leftovers.map(
          (path) =>
            `There is an unfinished export in ${printableLine(path)}. Remove it, unless it is still running.`,
        ),
      ].join('\n');
    },
  });
}
