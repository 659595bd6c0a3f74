import { bytesToHex, limits, type DeviceId, type Witness } from '@dataans/core';
import { nameFreshDevice } from '../notebook/name-fresh-device.ts';
import type { PlannedChange } from '../notebook/notebook.ts';
import { planEdit } from '../notebook/plan-changes.ts';
import { recordChanges } from '../notebook/record-changes.ts';
import type { Store } from '../store/store.ts';
import type { Witnessing } from './witnessing.ts';
import { isWitnessDue, noteWitness } from './last-witness.ts';
import { programName } from './program-name.ts';

/**
 * Records what this device has seen, in its own entity, if that is due: it goes to the server with the rest. // WIT-1
 *
 * @param asked somebody needs it now, whenever the last one was
 */
export async function recordWitness(run: Witnessing, asked = false): Promise<void> {
  const { store, primitives, readKeyring, clock } = run;
  const now = clock.now();
  if (!isWitnessDue(store, now) && !asked) return;
  const account = await readAccountRevision(run);
  await recordChanges({ log: store.log, primitives, readKeyring, clock }, () => planWitness(store, account));
  noteWitness(store, now);
}

/** `null` if the record that this device keeps has none. */
export async function readAccountRevision({
  keptRecord,
}: Pick<Witnessing, 'keptRecord'>): Promise<number | null> {
  const record = await keptRecord.read();
  return record?.version === 2 ? record.revision : null;
}

/** A device that nobody knows by name yet is named first. // STO-19 */
function planWitness(store: Store, account: number | null): readonly PlannedChange[] {
  const { device } = store.log.writer();
  const known = store.entities.read('device', device);
  if (known === null) return nameFreshDevice(store);
  const witness = describeSeen(store, device, account);
  return witness === null ? [] : planEdit('device', known, { ...known.value, witness });
}

function describeSeen({ log }: Pick<Store, 'log'>, own: DeviceId, account: number | null): Witness | null {
  const cursor = log.cursor();
  if (cursor === null) return null;
  const others = Object.entries(log.seen()).filter(([device]) => device !== own);
  return {
    log: cursor.log,
    seq: cursor.seq,
    chain: bytesToHex(cursor.chain),
    seen: Object.fromEntries(others.slice(0, limits.witnessDevicesMax)),
    account,
    program: programName,
  };
}
