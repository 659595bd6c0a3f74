import { bytesToUuid, uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import type { Draft, DraftPlace, DraftRow, Drafts } from './drafts.ts';
import { codeByKind, codeToKind } from './kind-codes.ts';
import type { NewFile } from './new-file.ts';
import { readBytes, readNumber, readText } from './row-values.ts';
import type { Transactions } from './transactions.ts';

/** The rows of `drafts`. */
export interface DraftRows extends Pick<Drafts, 'read' | 'list' | 'files'> {
  write(place: DraftPlace, draft: Draft): void;
  remove(place: DraftPlace): void;
}

export function createDraftRows(database: SqlDatabase): DraftRows {
  const select = database.prepare('SELECT body, at FROM drafts WHERE kind = ? AND id = ?');
  const selectAll = database.prepare('SELECT kind, id, at FROM drafts ORDER BY at DESC, id');
  const selectBodies = database.prepare('SELECT body, at FROM drafts');
  const replace = database.prepare('INSERT OR REPLACE INTO drafts (kind, id, body, at) VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM drafts WHERE kind = ? AND id = ?');
  return {
    read: (place) => {
      const row = select.get(...placeToColumns(place));
      return row === undefined ? null : rowToDraft(row);
    },
    list: () => selectAll.all().map(rowToDraftRow),
    files: () => selectBodies.all().flatMap((row): readonly NewFile[] => rowToDraft(row).files),
    write: (place, { at, ...body }) => {
      replace.run(...placeToColumns(place), JSON.stringify(body), at);
    },
    remove: (place) => {
      remove.run(...placeToColumns(place));
    },
  };
}

/** Durable with the next commit that is: each keystroke may be one. // STO-20 */
export function createDrafts(rows: DraftRows, transactions: Pick<Transactions, 'write'>): Drafts {
  return {
    read: rows.read,
    list: rows.list,
    files: rows.files,
    change: (place, change) => {
      transactions.write(() => {
        const draft = change(rows.read(place));
        if (draft === null) rows.remove(place);
        else rows.write(place, draft);
      }, 'soon');
    },
  };
}

function placeToColumns({ kind, id }: DraftPlace): readonly [number, Uint8Array] {
  return [codeByKind[kind], uuidToBytes(id)];
}

function rowToDraft(row: SqlRow): Draft {
  // Written by `write` and by nothing else.
  const body = JSON.parse(readText(row, 'body')) as Omit<Draft, 'at'>;
  return { ...body, at: readNumber(row, 'at') };
}

function rowToDraftRow(row: SqlRow): DraftRow {
  const kind = codeToKind(readNumber(row, 'kind'));
  if (kind !== 'space' && kind !== 'note') throw new TypeError(`A draft cannot be of a ${kind}.`);
  return { place: { kind, id: bytesToUuid<EntityId>(readBytes(row, 'id')) }, at: readNumber(row, 'at') };
}
