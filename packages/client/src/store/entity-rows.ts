import { bytesToUuid, type EntityId, type EntityKind, type OperationId } from '@dataans/core';
import type { SqlRow } from '../platform/sql-database.ts';
import { parseMerged } from './entity-state-rows.ts';
import type { Entity } from './entities.ts';
import { codeByKind, codeToKind } from './kind-codes.ts';
import { readBody } from './revision-rows.ts';
import { readBytes, readNullableText, readNumber } from './row-values.ts';

/**
 * Columns that `rowToEntity` reads; `e` is the entity. Its current revision comes by subqueries: an outer
 * join to it takes ten times as long, also for an entity that is not there.
 */
export const selectEntity =
  'SELECT e.id, e.kind, e.merged, e.deleted, e.conflict, e.created_at, e.edited_at,' +
  ' (SELECT o.id FROM operations o WHERE o.place = e.head) AS head,' +
  ' (SELECT o.body FROM operations o WHERE o.place = e.head) AS body,' +
  ' EXISTS (SELECT 1 FROM operations p JOIN outbox b ON b.place = p.place WHERE p.entity = e.entity) AS pending' +
  ' FROM entities e';

/** The same with more columns. */
export function selectEntityWith(columns: string): string {
  return selectEntity.replace(' FROM entities e', `, ${columns} FROM entities e`);
}

/** Entities that are not just named by others. */
export const hasState = 'e.edited_at IS NOT NULL';

/** A note that is not deleted. Indexes are of just these conditions. */
export const isLivingNote = livingNote('e');

export function livingNote(alias: string): string {
  return `${alias}.kind = ${codeByKind.note} AND ${alias}.deleted = 0 AND ${alias}.edited_at IS NOT NULL`;
}

export const isDeletedNote = `e.kind = ${codeByKind.note} AND e.deleted = 1 AND ${hasState}`;

/** The space with the id of a parameter. */
export const entityOfSpace = `(SELECT s.entity FROM entities s WHERE s.id = ? AND s.kind = ${codeByKind.space})`;

/** Of the space `e`. */
export const hasLivingNotes =
  'EXISTS (SELECT 1 FROM entities n WHERE n.space = e.entity AND n.deleted = 0 AND n.edited_at IS NOT NULL)';

/** For rows that a query found by their kind. */
export function rowToEntityOf<Kind extends EntityKind>(kind: Kind, row: SqlRow): Entity<Kind> {
  const entity = rowToEntity(row);
  if (!isOfKind(entity, kind)) throw new TypeError(`A ${entity.kind} came where a ${kind} was asked for.`);
  return entity;
}

function rowToEntity(row: SqlRow): Entity {
  const merged = readNullableText(row, 'merged');
  const { heads, value } =
    merged === null
      ? { heads: [bytesToUuid<OperationId>(readBytes(row, 'head'))], value: readBody(row).value }
      : parseMerged(merged);
  return {
    kind: codeToKind(readNumber(row, 'kind')),
    id: bytesToUuid<EntityId>(readBytes(row, 'id')),
    heads,
    value,
    deleted: readNumber(row, 'deleted') === 1,
    conflict: readNumber(row, 'conflict') === 1,
    createdAt: readNumber(row, 'created_at'),
    editedAt: readNumber(row, 'edited_at'),
    backedUp: readNumber(row, 'pending') === 0,
  };
}

function isOfKind<Kind extends EntityKind>(entity: Entity, kind: Kind): entity is Entity<Kind> {
  return entity.kind === kind;
}
