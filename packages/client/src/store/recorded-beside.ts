import type { DraftPlace } from './drafts.ts';

/** What is kept in the transaction that stores operations. */
export interface RecordedBeside {
  /** The name of the call that made them. // STO-50 */
  readonly call?: string;
  /** A draft that is sent with them, and ends. // STO-53 */
  readonly draft?: DraftPlace;
}
