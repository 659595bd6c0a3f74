import type { DeviceId } from '@dataans/core';

/** The last number that a device has given out. */
export interface GivenNumber {
  readonly device: DeviceId;
  readonly n: number;
}

/** What is known outside a database of what it was: a copy and an older one are told by it. // STO-18 */
export interface StoreWitness {
  /** Another one for a copy of the database, the same one wherever it is moved; `null` where nobody knows. */
  readonly file: string | null;
  /** As it was noted last; `null` where nothing can be read. */
  readonly lastNumber: GivenNumber | null;
  /** Kept as well as is possible at once: a number that gets lost makes the witness blind, never wrong. */
  note(last: GivenNumber): void;
}
