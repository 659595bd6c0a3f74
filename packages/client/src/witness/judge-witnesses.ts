import { bytesToHex, limits, uuidToBytes, type DeviceId } from '@dataans/core';
import { acknowledgedWitness } from '../status/acknowledged.ts';
import type { Finding } from '../findings/finding.ts';
import type { Entity } from '../store/entities.ts';
import type { Cursor, QuarantineReason } from '../store/local-log.ts';
import type { Store } from '../store/store.ts';
import type { Witnessing } from './witnessing.ts';
import { agreesAsBefore, keepAgreed } from './agreed-witnesses.ts';
import { noteFollowed, readFollowed, type Followed } from './followed-since.ts';
import { judgeWitness, type ReceivedWitness, type Seen } from './judge-witness.ts';
import { findOwnChain } from './own-chain.ts';
import { readAccountRevision } from './record-witness.ts';

/**
 * Compares what other devices last said that they had seen with what is here. What is ahead of this device waits in
 * their entities until it gets there; a later witness of the same device takes the place of an earlier one. // WIT-2
 */
export async function judgeWitnesses(run: Witnessing): Promise<void> {
  const { store, findings } = run;
  const cursor = store.log.cursor();
  if (cursor === null) return;
  const followed = followedNow(run, cursor);
  const received = listWitnesses(store, followed).filter((each) => !agreesAsBefore(store.facts, each));
  if (received.length === 0 && findings.of('witness').count === 0) return;
  const seen = describeHere(run, cursor, followed, await readAccountRevision(run));
  const judged = received.map((each) => ({ each, found: judgeWitness(each, seen) }));
  findings.replace(
    'witness',
    judged.flatMap(({ found }): readonly Finding[] => found),
  );
  keepAgreed(
    store.facts,
    judged.filter(({ found }) => found.length === 0).map(({ each }) => each),
  );
}

function followedNow({ store, clock }: Witnessing, { log }: Cursor): Followed {
  const noted = readFollowed(store.facts);
  if (noted?.log === log) return noted;
  const followed = { log, at: clock.now(), healed: false };
  noteFollowed(store.facts, followed);
  return followed;
}

/** Of devices of which somebody has not acknowledged the very same. // VFY-13 */
function listWitnesses(store: Store, followed: Followed): readonly ReceivedWitness[] {
  const own = store.log.writer().device;
  const isAcknowledged = acknowledgedWitness(store);
  return store.entities
    .devices()
    .map((entity) => toReceived(entity, followed))
    .filter((received) => received !== null)
    .filter(({ device, witness }) => device !== own && !isAcknowledged(device, witness));
}

function toReceived({ id, value, editedAt }: Entity<'device'>, { at }: Followed): ReceivedWitness | null {
  if (value.witness === undefined) return null;
  return {
    device: id as string as DeviceId, // The entity of a device has its id.
    deviceName: value.name,
    witness: value.witness,
    isLater: editedAt > at + limits.clockDriftMaxMs,
  };
}

const usableLater: readonly QuarantineReason[] = ['not-understood', 'unknown-key', 'unknown-version'];

function describeHere(
  { store, primitives }: Witnessing,
  cursor: Cursor,
  { healed }: Followed,
  account: number | null,
): Seen {
  const { log, entities } = store;
  const nameById = new Map<string, string>(entities.devices().map(({ id, value }) => [id, value.name]));
  const highest = new Map(Object.entries(log.highest()));
  return {
    cursor,
    hasHealed: healed,
    chainAt: (seq) => {
      const chain = findOwnChain(log, primitives.hash, seq);
      return chain === null ? null : bytesToHex(chain);
    },
    highestOf: (device) => highest.get(device) ?? 0,
    nameOf: (device) => nameById.get(device) ?? bytesToHex(uuidToBytes(device)).slice(0, 8),
    mayBeOutdated: log.countAsideEntries(usableLater, 0) > 0,
    account,
  };
}
