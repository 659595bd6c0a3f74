import type { AccountState, HomeStatus } from '@dataans/client';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatIsoTime, formatLocalTime } from '../output/dates.ts';
import { clockLeftAheadToJson, describeClockDifference, describeClockLeftAhead } from '../output/clock.ts';
import { describeHealing, healingToJson } from '../output/healing.ts';
import { findingRows, findingsToExitCode, isFinding } from '../output/findings.ts';
import { describeMassDeletion, massDeletionToJson } from '../output/mass-deletion.ts';
import { printResult } from '../output/print.ts';
import { describeQuarantine } from '../output/quarantine.ts';
import { describeSession, sessionToJson } from '../output/session.ts';
import { formatCount, formatNumber } from '../output/sizes.ts';
import { alignColumns } from '../output/table.ts';
import { adviceOf } from '../words/advice.ts';

export interface StatusOptions {
  readonly acknowledge?: boolean;
}

/** Shows how things stand, which is a success, unless something was found to be wrong on the server. // VFY-12 */
export async function showStatus(context: Context, options: StatusOptions): Promise<ExitCode> {
  const home = await context.home();
  if (options.acknowledge === true) await home.sync.acknowledge();
  const status = await home.sync.status();
  const shown: Shown = {
    status,
    account: await home.account.state(),
    here: await home.notes.count(),
    directory: await context.directory(),
  };
  await printResult(context, {
    json: () => statusToJson(shown),
    text: () => alignColumns(statusRows(context, shown), null).join('\n'),
  });
  return findingsToExitCode(status.findingCount);
}

/** Everything that there is to show. */
interface Shown {
  readonly status: HomeStatus;
  readonly account: AccountState;
  readonly here: { readonly spaces: number; readonly notes: number; readonly files: number };
  readonly directory: string;
}

function statusToJson({ status, account, here, directory }: Shown) {
  const { server, device, deviceId } = account;
  // What is of no use once this program has ended, or is of browsers alone.
  const {
    connection: _c,
    activity: _a,
    nextTryAt: _n,
    indexing: _i,
    storageCleared: _s,
    ...lasting
  } = status;
  return {
    ...lasting,
    lastSyncAt: status.lastSyncAt === null ? null : formatIsoTime(status.lastSyncAt),
    position: positionToJson(status.position),
    session: sessionToJson(status.session),
    lastHealing: healingToJson(status.lastHealing),
    massDeletion: massDeletionToJson(status.massDeletion),
    clockLeftAhead: clockLeftAheadToJson(status.clockLeftAhead),
    server,
    device: device === null ? null : { id: deviceId, name: device },
    home: directory,
    ...here,
  };
}

function statusRows(context: Context, shown: Shown): readonly (readonly string[])[] {
  const { status, directory } = shown;
  const { server, device } = shown.account;
  const { spaces, notes, files } = shown.here;
  const found = { findings: status.findings, count: status.findingCount };
  const problem =
    status.problem === null || isFinding(found, status.problem.message)
      ? []
      : [
          ['problem', status.problem.message],
          ['', adviceOf(status.problem)],
        ];
  const { lastHealing } = status;
  const healing =
    lastHealing === null
      ? []
      : [['healed', `${describeHealing(lastHealing)} (${formatLocalTime(lastHealing.at)})`]];
  return [
    ['server', server ?? `none. Sign in with: ${context.signInCommand('URL')}`],
    ['device', device ?? '-'],
    ['data folder', directory],
    ...row('session', describeSession(status.session, context.signInCommand(server ?? 'URL'))),
    ['state', sentenceByState[status.state]],
    ['last sync', status.lastSyncAt === null ? 'never' : formatLocalTime(status.lastSyncAt)],
    ...positionRows(status.position),
    ...countRow('to send', status.pendingChanges, 'change'),
    ...countRow('to fetch', status.incompleteFiles, 'file'),
    ...countRow('set aside', status.quarantined, 'change'),
    ...describeQuarantine(status.quarantinedBy).map((line) => ['', line]),
    [
      'here',
      [formatCount(notes, 'note'), formatCount(spaces, 'space'), formatCount(files, 'file')].join(', '),
    ],
    ...healing,
    ...massDeletionRows(context, status),
    ...clockRows(context, status, device),
    ...problem,
    ...findingRows(found, context.call),
  ];
}

/** A row is shown if it says something. */
function row(name: string, value: string | null): readonly (readonly string[])[] {
  return value === null ? [] : [[name, value]];
}

function countRow(name: string, count: number, one: string): readonly (readonly string[])[] {
  return row(name, count === 0 ? null : formatCount(count, one));
}

/** Two devices that are in sync show the same code, or are shown different logs. // WIT-5 */
function positionRows(position: HomeStatus['position']): readonly (readonly string[])[] {
  if (position === null) return [];
  return [['log', `entry ${formatNumber(position.seq)}, code ${position.code}`]];
}

function positionToJson(position: HomeStatus['position']) {
  return position === null ? null : { log: position.log, sequence: position.seq, code: position.code };
}

function massDeletionRows({ call }: Context, { massDeletion }: HomeStatus): readonly (readonly string[])[] {
  if (massDeletion === null) return [];
  return describeMassDeletion(massDeletion, call).map((line, index) => [index === 0 ? 'deleted' : '', line]);
}

function clockRows(
  context: Context,
  status: HomeStatus,
  device: string | null,
): readonly (readonly string[])[] {
  const sentences = [
    ...describeClockDifference(status),
    ...describeClockLeftAhead(status, device, context.call),
  ];
  return sentences.map((sentence, index) => [index === 0 ? 'clock' : '', sentence]);
}

const sentenceByState: Readonly<Record<HomeStatus['state'], string>> = {
  'signed-out': 'Not signed in. You can read what is here; nothing is sent to a server.',
  new: 'Not synced yet. Run: dataans sync',
  synced: 'Everything here is on the server.',
  pending: 'Not everything has been sent or fetched yet. Run: dataans sync',
  problem: 'Something needs your attention.',
};
