import { chainFrames, type Frame } from '@dataans/core';
import type { Cursor, Position } from '../store/local-log.ts';
import { compareClocks } from './compare-clocks.ts';
import { noteDeletions } from '../status/mass-deletion.ts';
import { markFirstSyncRead } from '../store/first-sync.ts';
import { requireNamedChain } from '../connection/named-head.ts';
import { openFrames } from './open-frames.ts';
import { readPages } from './read-pages.ts';
import type { Page } from '../connection/server-connection.ts';
import type { SyncRun } from './sync-run.ts';

/**
 * Stores what the log has behind the cursor, a page or a part of one with its cursor in one transaction each.
 *
 * @param named a position that the server has named a chain for: the entries must lead to it // SYN-6
 * @param onPage called when a page is here and the next ones are asked for
 * @returns the cursor at the end of the log
 */
export async function pull(
  run: SyncRun,
  from: Cursor,
  named: Position | null = null,
  onPage: () => void = () => undefined,
): Promise<Cursor> {
  let cursor = from;
  for await (const page of readPages(run, from, named?.seq)) {
    onPage();
    for (const frames of partsOf(page.frames, run.operationsAtOnce)) {
      // Synchronous work would keep the questions for the next pages from leaving, and whoever asks for a note waiting.
      if (cursor.seq + frames.length < page.head) await run.clock.sleep(0, run.signal);
      run.signal.throwIfAborted();
      cursor = await storePart(run, cursor, { ...page, frames }, named);
      run.onProgress({ phase: 'receive', done: cursor.seq - from.seq, total: page.head - from.seq });
    }
  }
  return cursor;
}

/** The same, for whoever has something to ask behind the questions for the first pages. */
export async function beginPull(
  run: SyncRun,
  from: Cursor,
  named: Position,
): Promise<{ readonly end: Promise<Cursor> }> {
  const begun = Promise.withResolvers<void>();
  const end = pull(run, from, named, begun.resolve);
  await Promise.race([begun.promise, end]);
  return { end };
}

function* partsOf(frames: readonly Frame[], size = frames.length): Generator<readonly Frame[]> {
  for (let start = 0; start < frames.length; start += size) yield frames.slice(start, start + size);
}

async function storePart(run: SyncRun, cursor: Cursor, page: Page, named: Position | null): Promise<Cursor> {
  const { primitives, keyring, store, clock, tally } = run;
  const chains = chainFrames(primitives.hash, cursor.chain, page.frames); // SYN-6
  const chain = chains.at(-1) ?? cursor.chain;
  const ours = named === null ? undefined : chains[named.seq - cursor.seq - 1];
  if (named !== null && ours !== undefined) requireNamedChain(run.connection.address, ours, named);
  const operations = await openFrames(primitives, keyring, page.frames, cursor.seq);
  const next = { log: cursor.log, seq: cursor.seq + page.frames.length, chain };
  compareClocks(run, operations);
  noteDeletions(store, operations, run.operationsBefore, clock.now());
  const outcome = store.log.applyPage(
    operations,
    next,
    clock.now(),
    next.seq < page.head ? 'under-way' : 'at-once',
  );
  markFirstSyncRead(store);
  tally.received += outcome.received;
  tally.changesReceived += outcome.changes;
  tally.merged += outcome.merged;
  tally.quarantined += outcome.quarantined;
  return next;
}
