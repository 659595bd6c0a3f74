import type { SyncStatus } from '@dataans/client';
import type { Home } from '@dataans/client/node';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatIsoTime, formatLocalTime } from '../output/dates.ts';
import { clockLeftAheadToJson, describeClockDifference, describeClockLeftAhead } from '../output/clock.ts';
import { deviceName } from '../output/device-name.ts';
import { describeHealing, healingToJson } from '../output/healing.ts';
import { findingRows, findingsToExitCode, isFinding } from '../output/findings.ts';
import { describeMassDeletion, massDeletionToJson } from '../output/mass-deletion.ts';
import { printResult } from '../output/print.ts';
import { describeQuarantine } from '../output/quarantine.ts';
import { describeSession, sessionToJson } from '../output/session.ts';
import { formatCount, formatNumber } from '../output/sizes.ts';
import { alignColumns } from '../output/table.ts';

export interface StatusOptions {
  readonly acknowledge?: boolean;
}

/** Shows how things stand, which is a success, unless something was found to be wrong on the server. // VFY-12 */
export async function showStatus(context: Context, options: StatusOptions): Promise<ExitCode> {
  const home = await context.home();
  if (options.acknowledge === true) {
    const { acknowledgeClockLeftAhead, acknowledgeFindings, acknowledgeMassDeletion } =
      await import('@dataans/client');
    acknowledgeClockLeftAhead(home.store.facts);
    acknowledgeMassDeletion(home.store);
    acknowledgeFindings(home.store);
  }
  const status = home.status();
  await printResult(context, {
    json: () => statusToJson(home, status),
    text: () => alignColumns(statusRows(context, home, status), null).join('\n'),
  });
  return findingsToExitCode(status.findingCount);
}

function statusToJson(home: Home, status: SyncStatus) {
  const profile = home.profile();
  return {
    ...status,
    lastSyncAt: status.lastSyncAt === null ? null : formatIsoTime(status.lastSyncAt),
    position: positionToJson(status.position),
    session: sessionToJson(status.session),
    lastHealing: healingToJson(status.lastHealing),
    massDeletion: massDeletionToJson(status.massDeletion),
    clockLeftAhead: clockLeftAheadToJson(status.clockLeftAhead),
    server: profile?.server ?? null,
    device: profile === null ? null : { id: home.store.log.writer().device, name: deviceName(home) },
    home: home.directory,
    ...home.store.entities.count(),
  };
}

function statusRows(context: Context, home: Home, status: SyncStatus): readonly (readonly string[])[] {
  const profile = home.profile();
  const { spaces, notes, files } = home.store.entities.count();
  const found = { findings: status.findings, count: status.findingCount };
  const problem =
    status.problem === null || isFinding(found, status.problem.message)
      ? []
      : [
          ['problem', status.problem.message],
          ['', status.problem.advice],
        ];
  const { lastHealing } = status;
  const healing =
    lastHealing === null
      ? []
      : [['healed', `${describeHealing(lastHealing)} (${formatLocalTime(lastHealing.at)})`]];
  return [
    ['server', profile?.server ?? `none: sign in with ${context.signInCommand('URL')}`],
    ['device', deviceName(home) ?? '-'],
    ['home', home.directory],
    ['session', describeSession(status.session, context.signInCommand(profile?.server ?? 'URL'))],
    ['state', sentenceByState[status.state]],
    ['last sync', status.lastSyncAt === null ? 'never' : formatLocalTime(status.lastSyncAt)],
    ...positionRows(status.position),
    ['to send', formatCount(status.pendingOperations, 'change')],
    ['to fetch', formatCount(status.incompleteFiles, 'file')],
    ['quarantine', formatCount(status.quarantined, 'change')],
    ...describeQuarantine(status.quarantinedBy).map((line) => ['', line]),
    [
      'here',
      [formatCount(notes, 'note'), formatCount(spaces, 'space'), formatCount(files, 'file')].join(', '),
    ],
    ...healing,
    ...massDeletionRows(context, status),
    ...clockRows(context, home, status),
    ...problem,
    ...findingRows(found),
  ];
}

/** Two devices that are in sync show the same code, or are shown different logs. // WIT-5 */
function positionRows(position: SyncStatus['position']): readonly (readonly string[])[] {
  if (position === null) return [];
  return [['log', `entry ${formatNumber(position.seq)}, code ${position.code}`]];
}

function positionToJson(position: SyncStatus['position']) {
  return position === null ? null : { log: position.log, sequence: position.seq, code: position.code };
}

function massDeletionRows({ call }: Context, { massDeletion }: SyncStatus): readonly (readonly string[])[] {
  if (massDeletion === null) return [];
  return describeMassDeletion(massDeletion, call).map((line, index) => [index === 0 ? 'deleted' : '', line]);
}

function clockRows(context: Context, home: Home, status: SyncStatus): readonly (readonly string[])[] {
  const sentences = [
    ...describeClockDifference(status),
    ...describeClockLeftAhead(status, deviceName(home), context.call),
  ];
  return sentences.map((sentence, index) => [index === 0 ? 'clock' : '', sentence]);
}

const sentenceByState: Readonly<Record<SyncStatus['state'], string>> = {
  'signed-out': 'Not signed in: what is here can be read, and nothing goes to a server.',
  new: 'Never synced yet: run dataans sync.',
  synced: 'Everything here is on the server.',
  pending: 'Some changes wait: run dataans sync.',
  problem: 'Something needs you.',
};
