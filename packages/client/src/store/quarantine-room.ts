import type { SqlDatabase } from '../platform/sql-database.ts';
import type { QuarantineReason } from './local-log.ts';
import { readNumber } from './row-values.ts';

const MiB = 1024 * 1024;

/** Most bytes that are kept of what shares a room. Beyond it an entry is known by its hash. // STO-26 */
const roomBytesMax = {
  /** No program and no key will ever use it: kept for whoever wants to see what it was. */
  useless: 4 * MiB,
  /** A newer program or another key may: more than ten thousand notes that an outdated device waits with. */
  unproven: 16 * MiB,
};
type Room = keyof typeof roomBytesMax;

/** What anybody who reaches the server can make. All else is sealed under our keys, and is kept. */
const roomByReason: Readonly<Partial<Record<QuarantineReason, Room>>> = {
  'not-authentic': 'useless',
  'other-bytes': 'useless',
  'unknown-key': 'unproven',
  'unknown-version': 'unproven',
};

/** Of these the bytes can be given up: the log has them, should they be needed. */
export const givenUpReasons = Object.keys(roomByReason) as readonly QuarantineReason[]; // Its keys are reasons.

/** Room within one transaction, less what was taken. */
export interface QuarantineRoom {
  /** The envelope where there is room for it, else `null`. */
  take(reason: QuarantineReason, envelope: Uint8Array | null): Uint8Array | null;
}

export function createQuarantineRoom(database: SqlDatabase) {
  const selectKept = database.prepare(
    'SELECT coalesce(sum(bytes), 0) AS bytes FROM quarantine' +
      ' WHERE reason IN (SELECT value FROM json_each(?)) AND envelope IS NOT NULL',
  );
  const leftIn = (room: Room): number => {
    const reasons = givenUpReasons.filter((reason) => roomByReason[reason] === room);
    return roomBytesMax[room] - readNumber(selectKept.get(JSON.stringify(reasons)) ?? {}, 'bytes');
  };
  return {
    measure: (): QuarantineRoom => {
      const left = { useless: leftIn('useless'), unproven: leftIn('unproven') };
      return {
        take: (reason, envelope) => {
          if (reason === 'repeated' || envelope === null) return null; // It is here as an operation.
          const room = roomByReason[reason];
          if (room === undefined) return envelope;
          if (left[room] < envelope.length) return null;
          left[room] -= envelope.length;
          return envelope;
        },
      };
    },
  };
}
