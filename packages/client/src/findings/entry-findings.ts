import { awaitsKeys } from '../store/account-facts.ts';
import type { QuarantineReason } from '../store/local-log.ts';
import type { Facts } from '../store/facts.ts';
import type { Store } from '../store/store.ts';
import type { Finding, FindingKind } from './finding.ts';
import { findingsToldMax, type FindingList } from './finding-list.ts';

interface Explanation {
  readonly kind: FindingKind;
  /** What is wrong with the entry: the rest of a sentence. */
  readonly what: string;
  readonly advice: string;
}

const suspicion =
  "Syncing goes on, and your notes are intact. Check who can write to the server and its disk. To get rid of the entry, move the server's data folder aside, start it with an empty one, and sync: your devices send everything else again.";

/** Of what is kept aside, all that an honest server does not bring about. The rest is newer or faulty programs. */
const explanationByReason: Readonly<Partial<Record<QuarantineReason, Explanation>>> = {
  'not-authentic': {
    kind: 'entry-unreadable',
    what: "can't be decrypted: it was altered, or someone without your keys added it",
    advice: suspicion,
  },
  'unknown-key': {
    kind: 'entry-unreadable',
    what: "is encrypted with a key your account doesn't have: someone without your keys added it",
    advice: suspicion,
  },
  'unknown-version': {
    kind: 'entry-unreadable',
    what: "has a format this version of Dataans doesn't know: a newer version made it, or it was altered",
    advice:
      "Update Dataans on this device, then sync. If that doesn't help, the entry isn't from any of your devices.",
  },
  'other-bytes': {
    kind: 'entry-altered',
    what: "differs from this device's copy of the same change",
    advice:
      'This device keeps its own copy. Restore the server from a backup, or start it with an empty data folder, then sync.',
  },
  repeated: {
    kind: 'entry-repeated',
    what: 'repeats a change from an earlier entry',
    advice: suspicion,
  },
  withheld: {
    kind: 'entry-withheld',
    what: 'no longer has its contents on the server, and this device never received them',
    advice:
      'Another device may have them: sync that one. Each sync here asks for them again. Nothing on this device was lost.',
  },
};

/** For these an entry is a finding: for an unknown key only when a sign-in has shown that the account has none like it. */
export function toldReasons(facts: Pick<Facts, 'read'>): readonly QuarantineReason[] {
  const reasons = Object.keys(explanationByReason) as readonly QuarantineReason[]; // Its keys are reasons.
  return awaitsKeys(facts) ? reasons.filter((reason) => reason !== 'unknown-key') : reasons; // ACC-22
}

/** What is wrong with an entry; `null` where an honest server may have it. // VFY-3 */
export function explainEntry(seq: number, operation: string, reason: QuarantineReason): Finding | null {
  const explanation = explanationByReason[reason];
  if (explanation === undefined) return null;
  const { kind, what, advice } = explanation;
  return { kind, concerns: { seq, operation }, message: `Entry ${seq} on the server ${what}.`, advice };
}

/**
 * Entries of the followed log that were kept aside because of what they are. // VFY-3
 *
 * @param after the last one that somebody has acknowledged
 */
export function findEntries(store: Store, after: number): FindingList {
  const told = toldReasons(store.facts);
  const findings = store.log
    .asideEntries(told, after, findingsToldMax)
    .map(({ seq, id, reason }) => explainEntry(seq, id, reason))
    .filter((finding) => finding !== null);
  return { findings, count: store.log.countAsideEntries(told, after) };
}
