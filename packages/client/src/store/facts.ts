import type { Durability } from './transactions.ts';

/** Small facts that outlive a process, kept beside the data. */
export type FactName =
  /** ISO 8601 time of the last sync that ended without an error. */
  | 'last-sync'
  /** What stopped the last sync or was left over by it, as JSON; empty when it went well. */
  | 'last-problem'
  /** When a server that had lost something was last given it again, and how much, as JSON. */
  | 'last-healing'
  /** What is wrong on the server and not settled, as JSON. */
  | 'findings'
  /** What is wrong there and a person has seen, as JSON. */
  | 'acknowledged'
  /** The end of the server's log at the last sign-in, its number and its chain; empty once it was asked for. */
  | 'head-at-sign-in'
  /** `under-way` until this device has had all of the log that it followed first. */
  | 'first-sync'
  /** How the clocks of this device and of the server differ, as JSON. */
  | 'server-clock'
  /** When this device started anew because its clock had been ahead, and how far, as JSON; empty once it was seen. */
  | 'clock-left-ahead'
  /** When the browser was found to have cleared the store, and what was lost, as JSON; empty once it was seen. */
  | 'storage-cleared'
  /** Hash of the server's account record when it was last found right; empty where it was not. */
  | 'account-tag'
  /** Ids of the data keys that the account has and this device does not, joined by spaces: not secret. */
  | 'awaited-keys'
  /** ISO 8601 time when the server's account record was last compared with the kept one. */
  | 'account-checked'
  /** ISO 8601 time when the server was last asked for every chunk that is held here. */
  | 'chunks-checked'
  /** Which contents of files are fetched without being asked for; empty for what the platform does. */
  | 'fetch-policy'
  /** How far a verification has come that was interrupted, as JSON. */
  | 'verification'
  /** Many notes that other devices have deleted and that nobody has acknowledged, as JSON. */
  | 'mass-deletion'
  /** What deletions of notes are counted from, as JSON. */
  | 'deletions-since'
  /** Ids of the data keys that this store's operations are sealed under, joined by spaces: not secret. */
  | 'data-keys'
  /** Folders that were imported, and which roots they are, as JSON: not secret for who has this device. */
  | 'imported-folders'
  /** Which folding of texts the search index was made with. */
  | 'search-folding'
  /** What last tried to use the operations in quarantine: version of the reader and ids of its data keys. */
  | 'quarantine-reader'
  /** What last asked for the bytes of entries in quarantine that are not here: described like `quarantine-reader`. */
  | 'awaited-reader'
  /** When this device last said what it has seen, and how much was here then, as JSON. */
  | 'last-witness'
  /** The witnesses of other devices that were compared and agreed, as JSON. */
  | 'witnesses-agreed'
  /** Since when the followed log is followed as it is now, as JSON. */
  | 'followed-since'
  /** What the server was given again within a week, because it had lost it, as JSON. */
  | 'sent-again'
  /** What the file of the store was when it was opened last: see `StoreWitness.file`. */
  | 'file'
  /** In how many files the store was noticed to be. */
  | 'file-count'
  /** The last device id that wrote here before this store took a fresh one. */
  | 'former-device';

export interface Facts {
  read(name: FactName): string | null;
  /** @param durability at once unless told */
  write(name: FactName, value: string, durability?: Durability): void;
}
