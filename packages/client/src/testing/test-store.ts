import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  bytesToUuid,
  nextStamp,
  utf8ToBytes,
  uuidToBytes,
  type AnyOperation,
  type DeviceId,
  type EntityId,
  type FileValue,
  type LogId,
  type NoteValue,
  type OperationId,
} from '@dataans/core';
import { openMemorySqlite } from '../node/sqlite.ts';
import type { PlannedChange } from '../notebook/notebook.ts';
import { numberChanges, type Numbered } from '../notebook/number-changes.ts';
import { createStore } from '../store/create-store.ts';
import type { Cursor, LocalRevision, PageOutcome, ReceivedOperation } from '../store/local-log.ts';
import type { Entity } from '../store/entities.ts';
import type { Store } from '../store/store.ts';

/** 2026-01-01; every call of a test counts on from here. */
export const startMs = 1_767_225_600_000;

const testLog = numberedUuid<LogId>('1a9', 1);
export const spaceId = numberedUuid<EntityId>('5face', 1);

/** Makes a store of now one of the fifth schema. */
export const toFifthSchema = `
  DROP TRIGGER note_comes; DROP TRIGGER note_goes; DROP TRIGGER note_comes_back; DROP TABLE space_notes;
  DROP INDEX arrived_notes; DROP INDEX spaces;
  DROP TABLE thumbnails; DROP TABLE tags; DROP TABLE links;
  DROP INDEX waiting_files; DROP TABLE announced;
  ALTER TABLE incomplete_files DROP COLUMN wish;
  ALTER TABLE incomplete_files DROP COLUMN damaged;
  DROP INDEX deleted_notes; DROP TABLE former_spaces;
  DROP TABLE drafts; DROP TABLE calls;
  DROP TABLE terms; DROP INDEX edited_notes;
  DROP INDEX stream; DROP INDEX pinned_notes; DROP INDEX trash; DROP TABLE read_marks;
  ALTER TABLE entities DROP COLUMN moment;
  ALTER TABLE entities DROP COLUMN created_c;
  PRAGMA user_version = 5;
`;

/** A UUID that says its number. */
export function numberedUuid<Id extends string>(kind: string, number: number): Id {
  // Hexadecimal digits in the right places are one.
  return `${kind.padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}` as Id;
}

export function randomUuid<Id extends OperationId | EntityId | DeviceId | LogId>(): Id {
  return bytesToUuid<Id>(randomBytes(16));
}

/** A store that is gone with the test. */
export function openTestStore(t: Pick<TestContext, 'after'>): Store {
  const store = createStore({ database: openMemorySqlite(), randomBytes });
  t.after(store.close);
  return store;
}

/** An empty folder that is gone with the test. */
export function temporaryFolder(t: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dataans-store-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

export function noteValue(given: Partial<NoteValue> = {}): NoteValue {
  return { space: spaceId, name: '', text: '', files: [], pinned: false, ...given };
}

export function fileValue(name: string): FileValue {
  return { name, bytes: 0, chunks: '' };
}

/** Changes as this store would record them, with an envelope that is not sealed. */
export function toRevisions(
  store: Pick<Store, 'log'>,
  changes: readonly PlannedChange[],
  nowMs: number,
): readonly LocalRevision[] {
  return numberHere(store, changes, nowMs).operations.map((operation) => toRevision(operation));
}

function numberHere({ log }: Pick<Store, 'log'>, changes: readonly PlannedChange[], nowMs: number): Numbered {
  return numberChanges(changes, log.writer(), nowMs, log);
}

export function toRevision(operation: AnyOperation, id = randomUuid<OperationId>()): LocalRevision {
  const encoded = utf8ToBytes(JSON.stringify(operation));
  return { id, operation, encoded, envelope: utf8ToBytes(`sealed ${id} ${JSON.stringify(operation)}`) };
}

/** Records changes here. */
export function append(
  store: Store,
  changes: readonly PlannedChange[],
  nowMs: number,
): readonly LocalRevision[] {
  const writer = store.log.writer();
  const { operations, reading } = numberHere(store, changes, nowMs);
  const revisions = operations.map((operation) => toRevision(operation));
  if (!store.log.append(revisions, writer, reading)) throw new Error('Somebody else wrote.');
  return revisions;
}

/** A note that is here, as it is now. */
export function readNote({ entities }: Pick<Store, 'entities'>, id: EntityId): Entity<'note'> {
  const note = entities.read('note', id);
  if (note === null) throw new TypeError(`There is no note ${id}.`);
  return note;
}

/** A device that is not this store: makes operations one after another. */
export function otherDevice(device = randomUuid<DeviceId>()) {
  let n = 0;
  let last = { at: 0, c: 0 };
  return {
    device,
    make: (planned: PlannedChange, nowMs: number): LocalRevision => {
      n += 1;
      last = nextStamp(last, nowMs);
      return toRevision({ v: 1, device, n, ...last, ...planned });
    },
  };
}

export function toReceived(
  { id, operation, encoded, envelope }: LocalRevision,
  seq: number,
): ReceivedOperation {
  return { seq, id: uuidToBytes(id), envelope, opened: { ok: true, encoded, operation } };
}

/** The next page of the log of a test, which is not hashed. */
export function receive(
  store: Pick<Store, 'log'>,
  revisions: readonly LocalRevision[],
  nowMs = startMs,
): PageOutcome {
  const before = store.log.cursor()?.seq ?? 0;
  const page = revisions.map((revision, index) => toReceived(revision, before + 1 + index));
  return store.log.applyPage(page, testCursor(before + revisions.length), nowMs);
}

export function testCursor(seq: number): Cursor {
  return { log: testLog, seq, chain: new Uint8Array(32).fill(seq % 256) };
}

export function change<Kind extends PlannedChange['entity']>(
  entity: Kind,
  id: EntityId,
  value: Extract<PlannedChange, { readonly entity: Kind }>['value'],
  given: { readonly parents?: readonly OperationId[]; readonly deleted?: boolean } = {},
): PlannedChange {
  // Kind and value belong together, by this function's own type.
  return { entity, id, value, parents: [], deleted: false, ...given } as unknown as PlannedChange;
}
