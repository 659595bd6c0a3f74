import type { SyncEvent } from '@dataans/client';
import { openTransferringHome, type Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { formatIsoTime, formatLocalClock } from '../output/dates.ts';
import { printableJson, printableLine } from '../output/printable.ts';
import { describeProgress } from '../output/sync-progress.ts';
import { adviceOf } from '../words/advice.ts';
import { describeSyncReport, syncReportToJson } from '../output/sync-report.ts';

/** Keeps this device the same as the server until Ctrl-C, which is how it is meant to end. */
export async function watch(context: Context): Promise<ExitCode> {
  const { terminal, interrupt, json, now, call } = context;
  const home = await openTransferringHome(context);
  let written = Promise.resolve(true);
  await home.sync.watch({
    signal: interrupt,
    onEvent: (event) => {
      if (event.type === 'progress') terminal.progress.show(describeProgress(event.progress));
      else if (isWorthALine(event, json))
        written = terminal.write(json ? jsonLine(event, now()) : textLine(event, now(), call));
    },
  });
  await written;
  return exitCodes.done;
}

type ShownEvent = Exclude<SyncEvent, { readonly type: 'progress' }>;

/** A program is told of every operation, a person of changes. */
function isWorthALine(event: ShownEvent, json: boolean): boolean {
  if (event.type !== 'synced') return true;
  const { report } = event;
  const moved = json ? report.sent + report.received : report.changesSent + report.changesReceived;
  const { released, filesReceived, quarantined, healed, problems } = report;
  return healed !== null || moved + released + filesReceived + quarantined + problems.length > 0;
}

/** One document a line: a watch has no end to wait for. */
function jsonLine(event: ShownEvent, nowMs: number): string {
  const at = formatIsoTime(nowMs);
  switch (event.type) {
    case 'connected':
      return `${printableJson({ at, type: 'connected' })}\n`;
    case 'synced':
      return `${printableJson({ at, type: 'synced', ...syncReportToJson(event.report) })}\n`;
    case 'disconnected':
    case 'paused':
      return `${printableJson({ at, type: event.type, error: event.problem })}\n`;
  }
}

function textLine(event: ShownEvent, nowMs: number, call: string): string {
  return `${formatLocalClock(nowMs)}  ${printableLine(describeEvent(event, call))}\n`;
}

function describeEvent(event: ShownEvent, call: string): string {
  switch (event.type) {
    case 'connected':
      return 'Connected.';
    case 'synced':
      return describeSyncReport(event.report, call).join(' ');
    case 'disconnected':
      return `${event.problem.message} Trying again in ${Math.ceil(event.retryInMs / 1_000)} s.`;
    case 'paused':
      return `Paused: ${event.problem.message} ${adviceOf(event.problem)}`;
  }
}
