import type { RestoreReport, RestoreRequest } from '@dataans/client';
import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findSpaceAt } from '../lookup/find-past-space.ts';
import { findRestorable, titleOf } from '../lookup/find-restorable.ts';
import { findRevision } from '../lookup/find-revision.ts';
import { parsePastMoment } from '../lookup/parse-moment.ts';
import { formatIsoTime, formatLocalSecond } from '../output/dates.ts';
import { print, printResult } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { describeRestore } from '../output/restore-report.ts';
import { formatNumber } from '../output/sizes.ts';
import { UsageError } from '../usage-error.ts';

export interface RestoreOptions {
  readonly revision?: number;
  readonly at?: string;
  readonly space?: string;
  readonly deleted?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** One thing to one of its revisions, or everything to a time. */
export async function restore(
  context: Context,
  id: string | undefined,
  options: RestoreOptions,
): Promise<ExitCode> {
  const { revision, at } = options;
  if (id !== undefined && revision !== undefined && at === undefined)
    return restoreToRevision(context, id, revision);
  if (id === undefined && at !== undefined && revision === undefined)
    return restoreToTime(context, at, options);
  throw new UsageError(
    id === undefined
      ? 'Say what to restore: one note, or everything with --at.'
      : 'Choose the revision to restore with --revision.',
    'For example: dataans restore 3f2a91bc --revision 2. Or everything: dataans restore --at "2 hours ago"',
  );
}

async function restoreToRevision(context: Context, id: string, revision: number): Promise<ExitCode> {
  const { countChanges } = await import('@dataans/client');
  const home = await context.home();
  const found = await findRestorable(home, id);
  const { kind } = found;
  const entry = findRevision(found, await home.history.revisions(found.id, kind), revision);
  if (entry.deleted)
    throw new DataansError(
      'invalid',
      `Revision ${revision} is a deletion: there is nothing to restore in it.`,
      { advice: 'Restore an earlier revision.' },
    );
  const report = await home.history.restore({ what: 'revision', kind, id: found.id, revision: entry.id });
  const changed = countChanges(report) > 0;
  const title = printableLine(titleOf(await findRestorable(home, found.id)));
  return print(context, {
    json: () => ({ id: found.id, kind, revision, changed }),
    text: () =>
      changed
        ? `Restored “${title}” to revision ${revision}.`
        : `“${title}” is already the same as revision ${revision}.`,
  });
}

/** More changes than this are asked for first, where somebody can answer. */
const unaskedMax = 20;

async function restoreToTime(context: Context, time: string, options: RestoreOptions): Promise<ExitCode> {
  const { terminal, interrupt } = context;
  const { countChanges } = await import('@dataans/client');
  const home = await context.home();
  const before = await home.history.latest();
  const { at, shown } = parsePastMoment(time, context.now(), before);
  const onlyDeleted = options.deleted === true;
  const request: RestoreRequest =
    options.space === undefined
      ? { what: 'everything', at, onlyDeleted }
      : { what: 'space', id: await findSpaceAt(home, options.space, at), at, onlyDeleted };
  const work = (dryRun: boolean): Promise<RestoreReport> =>
    home.history.restore(request, {
      dryRun,
      signal: interrupt,
      onProgress: ({ done, total }) =>
        terminal.progress.show(
          `${dryRun ? 'Comparing' : 'Restoring'}: ${formatNumber(done)} of ${formatNumber(total)}`,
        ),
    });
  const dryRun = options.dryRun === true;
  if (!dryRun && options.yes !== true && terminal.canAsk) {
    const planned = await work(true);
    if (countChanges(planned) > unaskedMax && !(await isMeant(context, planned, shown))) {
      terminal.say('Nothing was changed.');
      return exitCodes.failed;
    }
  }
  const report = await work(dryRun);
  const changes = countChanges(report);
  await printResult(context, {
    json: () => ({ at: formatIsoTime(shown), dryRun, ...report }),
    text: () => describeReport(report, shown, dryRun).join('\n'),
  });
  if (changes > 0 && !dryRun && before < context.now())
    terminal.hint(`To undo this: ${context.call} restore --at ${formatIsoTime(before)}`);
  return report.tooLarge.length === 0 ? exitCodes.done : exitCodes.failed;
}

async function isMeant({ terminal }: Context, planned: RestoreReport, at: number): Promise<boolean> {
  for (const line of describeRestore(planned, false)) terminal.say(line);
  return terminal.ask.confirm(`Restore to ${formatLocalSecond(at)}?`);
}

function describeReport(report: RestoreReport, at: number, dryRun: boolean): readonly string[] {
  const lines = describeRestore(report, !dryRun);
  return [
    lines.length === 0
      ? `Nothing has changed since ${formatLocalSecond(at)}.`
      : `${dryRun ? 'A restore' : 'Restored'} to ${formatLocalSecond(at)}:`,
    ...lines,
    ...report.tooLarge.map(({ kind, id }) => `Skipped, too large to restore in one change: ${kind} ${id}`),
  ];
}
