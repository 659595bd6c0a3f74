import { limits } from '@dataans/core';
import type { ReceivedOperation } from '../store/local-log.ts';
import { readServerClock, writeServerClock } from '../store/server-clock.ts';
import type { SyncRun } from './sync-run.ts';

/** Smaller differences come from the seconds of a `Date` and from the way. */
const noticedMs = 60_000;

/**
 * Notes how the clocks differ, by the server's last answer and by what other devices stamped. Before a page is
 * stored, so that it is known then what time has come for sure. // HIS-14
 */
export function compareClocks(
  { store, connection, clock }: Pick<SyncRun, 'store' | 'connection' | 'clock'>,
  page: readonly ReceivedOperation[] = [],
): void {
  const offsetMs = connection.clockOffsetMs();
  if (offsetMs === null) return;
  const kept = readServerClock(store.facts);
  const hasChanged = Math.abs(offsetMs - (kept?.offsetMs ?? 0)) > noticedMs;
  const nowMs = clock.now();
  const agrees = isLaterConfirmed(page, store.log.writer().device, nowMs, offsetMs);
  const othersAgreeWithLater = agrees || (kept?.othersAgreeWithLater === true && !hasChanged);
  const serverMs = nowMs + offsetMs;
  const isOld = kept !== null && (offsetMs > noticedMs || Math.abs(serverMs - kept.serverMs) > noticedMs);
  if (hasChanged || isOld || othersAgreeWithLater !== (kept?.othersAgreeWithLater ?? false))
    writeServerClock(store.facts, { offsetMs, serverMs, othersAgreeWithLater });
}

/** Another device stamps what the earlier one of the two clocks has yet to reach, and the later one has not. */
function isLaterConfirmed(
  page: readonly ReceivedOperation[],
  ownDevice: string,
  nowMs: number,
  offsetMs: number,
): boolean {
  const [earlier, later] = [Math.min(nowMs, nowMs + offsetMs), Math.max(nowMs, nowMs + offsetMs)];
  return page.some(
    ({ opened }) =>
      opened.ok &&
      opened.operation.device !== ownDevice &&
      opened.operation.at > earlier + limits.clockDriftMaxMs &&
      opened.operation.at <= later + limits.clockDriftMaxMs,
  );
}
