import type { DeviceId, Witness } from '@dataans/core';
import type { Finding } from '../findings/finding.ts';

/** What another device says that it has seen, and how this device stands to it. */
export interface ReceivedWitness {
  readonly device: DeviceId;
  readonly deviceName: string;
  readonly witness: Witness;
  /** This device followed the log as it is now already when the other one said so. */
  readonly isLater: boolean;
}

/** What is here, to compare it with. */
export interface Seen {
  readonly cursor: { readonly log: string; readonly seq: number };
  /** It had followed another log before, or another part of this one. */
  readonly hasHealed: boolean;
  /** The chain of the followed log there, in hexadecimal; `null` if it cannot be told. */
  readonly chainAt: (seq: number) => string | null;
  readonly highestOf: (device: DeviceId) => number;
  readonly nameOf: (device: DeviceId) => string;
  /** Operations may be kept aside here that a newer program or another key can use. */
  readonly mayBeOutdated: boolean;
  /** Of the account record that this device has seen; `null` if it has none. */
  readonly account: number | null;
}

/** What of a witness an honest server does not bring about. // WIT-2, WIT-3, WIT-4 */
export function judgeWitness(received: ReceivedWitness, seen: Seen): readonly Finding[] {
  const isAhead = received.witness.log === seen.cursor.log && received.witness.seq > seen.cursor.seq;
  const numbers = isAhead || seen.mayBeOutdated ? [] : judgeNumbers(received, seen);
  return [judgeLog(received, seen), judgeAccount(received, seen), ...numbers].filter(
    (finding) => finding !== null,
  );
}

function judgeLog(received: ReceivedWitness, { cursor, chainAt, hasHealed }: Seen): Finding | null {
  const { device, deviceName, witness, isLater } = received;
  const { log, seq, chain } = witness;
  const concerns = { device, deviceName, seq };
  const isOther = log !== cursor.log;
  if (!isLater && (isOther || hasHealed)) return null; // From before the server was put back or set up anew.
  if (isOther)
    return {
      kind: 'log-forked',
      concerns,
      message: `The server shows “${deviceName}” a different log from the one it shows this device.`,
      advice: compareAdvice,
    };
  if (seq > cursor.seq)
    return {
      kind: 'log-rolled-back',
      concerns,
      message: `“${deviceName}” has seen ${seq} entries of the server's log, but the server shows this device only ${cursor.seq}.`,
      advice: 'Sync that device, then this one. Nothing on either of them was lost.',
    };
  const ours = chainAt(seq);
  if (ours === null || ours === chain) return null;
  return {
    kind: 'log-forked',
    concerns,
    message: `The server shows “${deviceName}” other entries up to ${seq} than it shows this device.`,
    advice: compareAdvice,
  };
}

const compareAdvice =
  'Compare the short code of the log on both devices. If the codes differ while both are in sync, start the server with an empty data folder and sync each device: they send everything again.';

function judgeNumbers({ deviceName, witness }: ReceivedWitness, seen: Seen): readonly Finding[] {
  // What was read has a UUID for each key.
  const numbers = Object.entries(witness.seen) as [DeviceId, number][];
  return numbers.flatMap(([device, n]) => {
    const highest = seen.highestOf(device);
    if (n <= highest) return [];
    const name = seen.nameOf(device);
    return [
      {
        kind: 'operations-missing',
        concerns: { device, deviceName: name, missing: [[highest + 1, n]] },
        message: `“${deviceName}” has changes from “${name}” up to number ${n}, but this device only up to ${highest}.`,
        advice: 'Sync both devices. If any are still missing after that, the server is holding them back.',
      },
    ];
  });
}

function judgeAccount({ device, deviceName, witness }: ReceivedWitness, seen: Seen): Finding | null {
  if (witness.account === null || witness.account <= (seen.account ?? 0)) return null;
  return {
    kind: 'account-rolled-back',
    concerns: { device, deviceName },
    message: `“${deviceName}” has seen a newer account record than the server shows this device.`,
    advice:
      "Sync that device. It sends the newer record to the server. Don't change the password before that.",
  };
}
