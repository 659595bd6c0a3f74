import { bytesToUuid, type EntityId, type EntityKind } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { codeToKind } from './kind-codes.ts';
import { readBytes, readNullableBytes, readNullableNumber, readNumber } from './row-values.ts';
import type { Transactions } from './transactions.ts';

/** An entity that is no longer as it was read before. */
export interface ChangedEntity {
  readonly kind: EntityKind;
  readonly id: EntityId;
  /** Where a note is now; `null` for other kinds. */
  readonly space: EntityId | null;
}

/** What one or several commits have changed. Facts, drafts and the outbox may have changed with each. */
export interface StoreChange {
  readonly entities: readonly ChangedEntity[] | 'everything';
}

/** Tells of commits: own ones as they are made, those of other processes when they are looked for. // STO-39 */
export interface ChangeFeed {
  onChange(listener: (change: StoreChange) => void): () => void;
  /** Within a transaction: these operations stand otherwise than before, though they are not new. */
  touchPlaces(places: readonly number[]): void;
  /** Within a transaction: nobody knows how much stands otherwise. */
  touchEverything(): void;
  committed(): void;
  lookForOthers(): void;
  close(): void;
}

/** More is not worth naming: whoever listens reads everything again. */
const namedMax = 200;

export function createChangeFeed(database: SqlDatabase): ChangeFeed {
  const selectVersion = database.prepare('PRAGMA data_version');
  const selectLast = database.prepare('SELECT max(place) AS place FROM operations');
  const selectWaiting = database.prepare('SELECT count(*) AS rows FROM outbox');
  const selectChanged = database.prepare(
    'SELECT e.kind, e.id, s.id AS space FROM' +
      ' (SELECT entity FROM operations WHERE place > ?1' +
      ' UNION SELECT entity FROM operations WHERE place IN (SELECT value FROM json_each(?2))) c' +
      ' JOIN entities e ON e.entity = c.entity LEFT JOIN entities s ON s.entity = e.space LIMIT ?3',
  );
  const listeners = new Set<(change: StoreChange) => void>();
  const touched = new Set<number>();
  let isEverything = false;
  let seen = { place: 0, version: 0, waiting: 0 };

  const look = (): typeof seen => ({
    place: readNullableNumber(selectLast.get() ?? {}, 'place') ?? 0,
    version: readNumber(selectVersion.get() ?? {}, 'data_version'),
    waiting: readNumber(selectWaiting.get() ?? {}, 'rows'),
  });
  const listChanged = (now: typeof seen): StoreChange['entities'] => {
    // To read what a first sync brings for nothing would hold it up.
    if (isEverything || now.place - seen.place > namedMax || touched.size > namedMax) return 'everything';
    if (now.place === seen.place && touched.size === 0) return [];
    return selectChanged.all(seen.place, JSON.stringify([...touched]), namedMax).map(rowToChanged);
  };
  const tell = (): void => {
    const now = look();
    const change = { entities: listChanged(now) };
    seen = { ...now, version: seen.version };
    touched.clear();
    isEverything = false;
    for (const listener of listeners) listener(change);
  };

  return {
    onChange: (listener) => {
      if (listeners.size === 0) seen = look();
      const own = (change: StoreChange): void => {
        listener(change);
      };
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    touchPlaces: (places) => {
      if (listeners.size > 0) for (const place of places) touched.add(place);
    },
    touchEverything: () => {
      isEverything = listeners.size > 0;
    },
    committed: () => {
      if (listeners.size > 0) tell();
    },
    lookForOthers: () => {
      if (listeners.size === 0) return;
      const version = readNumber(selectVersion.get() ?? {}, 'data_version');
      if (version === seen.version) return;
      // What another process has seen acknowledged is not known one by one.
      if (look().waiting < seen.waiting) isEverything = true;
      seen = { ...seen, version };
      tell();
    },
    close: () => {
      listeners.clear();
    },
  };
}

function rowToChanged(row: SqlRow): ChangedEntity {
  const kind = codeToKind(readNumber(row, 'kind'));
  const space = readNullableBytes(row, 'space');
  return {
    kind,
    id: bytesToUuid<EntityId>(readBytes(row, 'id')),
    space: space === null ? null : bytesToUuid<EntityId>(space),
  };
}

/** Transactions whose commits are told. */
export function tellCommits(transactions: Transactions, feed: Pick<ChangeFeed, 'committed'>): Transactions {
  return {
    ...transactions,
    write: (work, durability) => {
      const result = transactions.write(work, durability);
      feed.committed();
      return result;
    },
  };
}
