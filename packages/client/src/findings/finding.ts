/**
 * What a server did, or what became of its data, that no honest and whole one does. Stable: messages may
 * change, kinds may not. // VFY-1
 */
export const findingKinds = [
  /** Its answers contradict each other, or are none of the protocol. */
  'answers-contradict',
  /** Entries do not lead to the chain that it named, or that this device followed. */
  'chain-differs',
  /** The log that this device followed has lost entries that it had acknowledged, or has others in their place. */
  'log-rolled-back',
  /** It has another log than the one that this device followed. */
  'log-replaced',
  /** Another device is shown another log than this one. */
  'log-forked',
  /** It asks again and again for what it was given. */
  'lost-again',
  /** An entry does not open: it was altered, or nobody with the keys made it. */
  'entry-unreadable',
  /** An entry has other bytes than the operation of that id. */
  'entry-altered',
  /** Of an entry that is not here there is only the hash. */
  'entry-withheld',
  /** Another operation stands where this device followed one. */
  'entry-displaced',
  /** An entry is an operation that an earlier one is already. */
  'entry-repeated',
  /** Numbers of a device that no operation has. */
  'operations-missing',
  /** It says that it has another operation under the id of one that is to be sent. */
  'operation-refused',
  'account-missing',
  'account-changed',
  /** It had an older record than this device, or another one, has seen. */
  'account-rolled-back',
  /** The record asks for a key derivation that is not safe. */
  'account-weakened',
  'account-damaged',
  /** A chunk that an acknowledged operation names is not there. */
  'chunk-missing',
  /** A chunk has other bytes than its name says. */
  'chunk-altered',
  /** A chunk is what its name says, and not what the file's operation says. */
  'chunk-unreadable',
] as const;

/** What is wrong, without the values. */
export type FindingKind = (typeof findingKinds)[number];

/** How a finding is told: as a note, as something to look at, or as a warning that stops what it is about. */
export type FindingTone = 'note' | 'look' | 'stop';

const toneByKind: Readonly<Record<FindingKind, FindingTone>> = {
  'answers-contradict': 'look',
  'chain-differs': 'look',
  'log-rolled-back': 'note',
  'log-replaced': 'look',
  'log-forked': 'look',
  'lost-again': 'look',
  'entry-unreadable': 'look',
  'entry-altered': 'look',
  'entry-withheld': 'look',
  'entry-displaced': 'look',
  'entry-repeated': 'note',
  'operations-missing': 'look',
  'operation-refused': 'look',
  'account-missing': 'note',
  'account-changed': 'look',
  'account-rolled-back': 'look',
  'account-weakened': 'stop',
  'account-damaged': 'look',
  'chunk-missing': 'note',
  'chunk-altered': 'look',
  'chunk-unreadable': 'look',
};

/** A property of the kind: what a sync settles is a note, what endangers the password stops. // VFY-14 */
export function findingTone(kind: string): FindingTone {
  const tones: Readonly<Partial<Record<string, FindingTone>>> = toneByKind;
  return tones[kind] ?? 'look'; // A kind of another version.
}

/** What a finding is about, as far as it can be told. */
export interface FindingConcerns {
  /** Number of the entry in the log. */
  readonly seq?: number;
  readonly operation?: string;
  readonly chunk?: string;
  /** Name of the file. */
  readonly file?: string;
  readonly device?: string;
  readonly deviceName?: string;
  /** Numbers of operations of the device: runs with both ends. */
  readonly missing?: readonly (readonly [first: number, last: number])[];
}

/** Something that is wrong on the server, for a person and for a program. */
export interface Finding {
  readonly kind: FindingKind;
  readonly concerns: FindingConcerns;
  /** Whole sentences that name no program: one that has commands or buttons of its own chooses its words by the kind. */
  readonly message: string;
  readonly advice: string;
}
