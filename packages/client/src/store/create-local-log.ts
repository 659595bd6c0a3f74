import { isClockLeftAhead, uuidToBytes } from '@dataans/core';
import { acknowledgePlaces } from './acknowledge.ts';
import { appendRevisions } from './append.ts';
import { applyReceivedPage } from './apply-page.ts';
import { applyRetriedOperations } from './apply-retried.ts';
import { leaveClockAhead } from './clock-left-ahead.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { LocalLog } from './local-log.ts';
import type { LogTables } from './log-tables.ts';
import { latestNow } from './server-clock.ts';
import type { Transactions } from './transactions.ts';

export function createLocalLog(
  tables: LogTables,
  transactions: Transactions,
  feed: Pick<ChangeFeed, 'touchPlaces' | 'touchEverything'>,
): LocalLog {
  return {
    writer: () => tables.writer.read(),
    append: (revisions, seen, reading, beside) =>
      transactions.write(() => appendRevisions(tables, revisions, seen, reading, beside)),
    recordedBy: (call) => tables.calls.recordedBy(call),
    latestStamp: (ids) => tables.revisions.latestStamp(ids.map(uuidToBytes)),
    leaveClockAhead: (nowMs) => {
      if (isClockLeftAhead(tables.writer.read().last, latestNow(tables.facts, nowMs)))
        transactions.write(() => leaveClockAhead(tables, nowMs));
    },
    cursor: () => tables.followed.cursor(),
    applyPage: (operations, cursor, nowMs, durability) =>
      transactions.write(() => {
        const waiting = tables.outbox.count();
        const isLast = durability !== 'under-way';
        const outcome = applyReceivedPage(tables, operations, cursor, { nowMs, isLast });
        if (tables.outbox.count() < waiting) feed.touchEverything(); // Own ones have come back.
        return outcome;
      }, durability),
    outbox: (bounds) => tables.outbox.first(bounds),
    outboxCount: (files) => tables.outbox.count(files),
    outboxChanges: tables.outbox.changes,
    waitingFiles: (after, rows) => tables.outbox.waitingFiles(after, rows),
    waitingFrom: () => tables.outbox.waitingFrom(tables.writer.read().device),
    outboxNotes: () => tables.outbox.notes(),
    acknowledge: (places, cursor) =>
      transactions.write(() => {
        acknowledgePlaces(tables, places, cursor);
        feed.touchPlaces(places);
      }, 'soon'),
    countPositions: (seqMax) => tables.followed.countPositions(seqMax),
    positionAt: (rank) => tables.followed.positionAt(rank),
    listPositions: (after, upTo) => tables.followed.listPositions(after, upTo),
    listEntries: (after, entries) => tables.followed.listEntries(after, entries),
    listHashes: (after, upTo) => tables.followed.listHashes(after, upTo),
    rewind: (cursor) => {
      transactions.write(() => {
        feed.touchEverything();
        tables.outbox.addFollowed(cursor.seq);
        tables.followed.rewind(cursor);
        tables.quarantine.leaveEntries(cursor.seq);
      });
    },
    quarantine: () => tables.quarantine.list(),
    isQuarantineEmpty: () => tables.quarantine.isEmpty(),
    asideEntries: (reasons, after, rows) => tables.quarantine.entries(reasons, after, rows),
    countAsideEntries: (reasons, after) => tables.quarantine.countEntries(reasons, after),
    quarantineCounts: () => tables.quarantine.counts(),
    retriable: (bounds) => tables.quarantine.retriable(bounds),
    applyRetried: (operations, nowMs) =>
      transactions.write(() => applyRetriedOperations(tables, operations, nowMs)),
    awaited: (reasons, bounds) => tables.quarantine.awaited(reasons, bounds),
    giveUp: () => transactions.write(() => tables.quarantine.giveUp()),
    quarantinedEnvelope: (id) => tables.quarantine.envelope(id),
    envelope: (id) => tables.revisions.find(uuidToBytes(id))?.envelope ?? null,
    operationCount: () => tables.revisions.lastPlace(),
    countNews: () => tables.devices.countNews(),
    highest: () => tables.devices.highest(),
    seen: () => tables.devices.seen(),
    holes: () => tables.devices.holes(),
  };
}
