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
  'It stops nothing. See who can write to the server and to its disk. A server that starts in an empty data folder gets everything else again by `dataans sync`.';

/** Of what is kept aside, all that an honest server does not bring about. The rest is newer or faulty programs. */
const explanationByReason: Readonly<Partial<Record<QuarantineReason, Explanation>>> = {
  'not-authentic': {
    kind: 'entry-unreadable',
    what: 'does not open: it was altered, or somebody without the keys made it',
    advice: suspicion,
  },
  'unknown-key': {
    kind: 'entry-unreadable',
    what: 'is sealed under a key that the account does not have: nobody with its keys made it',
    advice: `${suspicion} \`dataans status --acknowledge\` says so no more.`,
  },
  'unknown-version': {
    kind: 'entry-unreadable',
    what: 'is sealed in a way that this program does not know: a newer one made it, or it was altered',
    advice:
      'Update Dataans on this device, and sync. If that does not help, nobody with the keys made it: `dataans status --acknowledge` says so no more.',
  },
  'other-bytes': {
    kind: 'entry-altered',
    what: 'has other bytes than the change of that id that is here',
    advice:
      'What is here stays as it is. Restore the server from a backup, or start it in an empty data folder, and run `dataans sync`.',
  },
  repeated: {
    kind: 'entry-repeated',
    what: 'is a change that an earlier entry is already',
    advice: suspicion,
  },
  withheld: {
    kind: 'entry-withheld',
    what: 'is held back: the server gives only its hash, and the change itself is not here',
    advice:
      'Each sync asks for it again. Restore the server from a backup that has it. Nothing on this device was lost.',
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
  return { kind, concerns: { seq, operation }, message: `Entry ${seq} of the log ${what}.`, advice };
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
