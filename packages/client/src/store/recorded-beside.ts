/** What is kept in the transaction that stores operations. */
export interface RecordedBeside {
  /** The name of the call that made them. // STO-50 */
  readonly call?: string;
}
