import type { DeviceId, EntityId } from '@dataans/core';
import type { PlainAccess } from '../account/plain-access.ts';
import type { FetchPolicy } from '../files/fetch-policy.ts';
import type { ByteRange } from '../files/files.ts';
import type { Recorded, SpaceAppearance } from '../notebook/notebook.ts';
import type { StorageUse } from '../platform/storage-use.ts';
import type { Acknowledgement } from '../status/acknowledge.ts';
import type { StatusProblem } from '../status/sync-status.ts';
import type { QuarantinedOperation } from '../store/local-log.ts';
import type { FileRow } from '../store/windows/note-row.ts';
import type { SpaceName, SpaceRow } from '../store/windows/windows.ts';
import type { FileState } from '../sync/contents.ts';
import type { SyncReport } from '../sync/sync-engine.ts';
import type { SyncProgress } from '../sync/sync-progress.ts';
import type { VerifyProgress, VerifyReport } from '../verify/verification.ts';
import type { Cancel, WithProgress } from './call-options.ts';
import type { HomeDrafts } from './home-drafts.ts';
import type { HomeHistory } from './home-history.ts';
import type { HomeLive } from './home-live.ts';
import type { HomeNotes } from './home-notes.ts';
import type { HomeStatus } from './home-status.ts';
import type { HomeFolders } from './home-folders.ts';
import type { HomeIds } from './home-ids.ts';
import type { Met } from './home-rooms.ts';

/**
 * One device's data, for a program. Everything is asynchronous, and every argument and result is a plain value: it is
 * the same in Node, in a worker, in a page and in a second tab. Only listeners and signals are functions.
 *
 * Each call can fail with a `DataansError`.
 */
export interface Home {
  readonly account: HomeAccount;
  readonly sync: HomeSync;
  readonly spaces: HomeSpaces;
  readonly notes: HomeNotes;
  readonly files: HomeFiles;
  readonly drafts: HomeDrafts;
  readonly ids: HomeIds;
  readonly history: HomeHistory;
  readonly folders: HomeFolders;
  readonly live: HomeLive;
  /** Syncs automatically from now on, whenever somebody is signed in, until `close`. */
  start(): Promise<void>;
  /** Ends all that runs and waits for it. Nothing is fetched, opened or written afterwards. // SYN-25 */
  close(): Promise<void>;
}

/** Signing in and out, and the secrets of the account. */
export interface HomeAccount {
  /** Asks no server. */
  state(): Promise<AccountState>;
  /** Asks a server once; the sign-in that follows uses what it said. */
  meet(question: AccessQuestion, options?: Cancel): Promise<Met>;
  /** Proves the credentials, and only then keeps what they open. // ACC-1 */
  signIn(request: SignInDetails, options?: Cancel): Promise<SignInResult>;
  /**
   * Keeps another credential for the server of this home. `false`, with nothing changed, if that server does not prove to
   * be of the same account without the password. // ACC-9
   */
  renewAccess(question: AccessQuestion, options?: Cancel): Promise<boolean>;
  /**
   * The passphrase, for whoever knows the password.
   *
   * @throws DataansError `wrong-credentials`, `not-signed-in`
   */
  passphrase(password: string): Promise<string>;
  /** Other devices go on as they are. // ACC-23 */
  changePassword(change: NewPassword, options?: Cancel): Promise<PasswordChanged>;
  renameDevice(name: string): Promise<Recorded>;
  /** The data stays, unless `erase`: then nothing of the home is left. // SYN-25 */
  signOut(options?: { readonly erase?: boolean }): Promise<void>;
}

/** What this device knows of its account without asking. */
export interface AccountState {
  readonly signedIn: boolean;
  /** Of the last sign-in; `null` before the first. */
  readonly server: string | null;
  /** What this device is called. */
  readonly device: string | null;
  /** By which the others tell it; `null` before the first sign-in, and if the store is lost. */
  readonly deviceId: DeviceId | null;
  /** There were notes here, and they are gone: a sign-in with the password begins anew. // STO-37 */
  readonly storeLost: boolean;
}

/** A server, and the credential for its login. */
export interface AccessQuestion {
  /** As the person typed it. */
  readonly server: string;
  readonly access: PlainAccess;
}

/** What a sign-in needs. */
export interface SignInDetails extends AccessQuestion {
  readonly password: string;
  /** `null`: not known, or to be generated if there is no account yet. */
  readonly passphrase: string | null;
  /** What this device is called from now on. */
  readonly device: string;
}

/** What a sign-in gave. */
export interface SignInResult {
  /** The server's address, made regular. */
  readonly server: string;
  /** There was no account, and now there is. */
  readonly created: boolean;
  readonly passphrase: string;
  /** Made by this sign-in, and to be shown to the person now. */
  readonly passphraseGenerated: boolean;
  /** The server had an older account than this home, and has the newer one again. // ACC-20 */
  readonly wasRolledBack: boolean;
}

/** A change of the password. */
export interface NewPassword {
  readonly password: string;
  readonly newPassword: string;
  /** Generates another passphrase as well. */
  readonly newPassphrase: boolean;
}

/** What a change of the password gave. */
export interface PasswordChanged {
  /** The one that is needed from now on. */
  readonly passphrase: string;
}

/** Syncing, and what is told about it. */
export interface HomeSync {
  status(): Promise<HomeStatus>;
  /** One sync to its end. */
  run(options?: RunSyncOptions): Promise<SyncResult>;
  /**
   * Syncs at once, and whenever something changes here or there, until the signal aborts or the home is closed. `start` does
   * the same on its own.
   */
  watch(options?: WatchHomeOptions): Promise<void>;
  /** Ends every pause at once: after coming online, on becoming visible, after a sign-in at a proxy. // SYN-24 */
  retry(): Promise<void>;
  /** Compares all that is on the server with what is here. Changes nothing. // VFY-7 */
  verify(options?: RunVerifyOptions): Promise<VerifyReport>;
  /**
   * What is wrong now, and was seen by a person, is told no more. // VFY-13
   *
   * @param what all of it unless told
   */
  acknowledge(what?: Acknowledgement): Promise<void>;
  /** What came and could not be used, in the order of the log. */
  quarantine(): Promise<readonly QuarantinedOperation[]>;
  /** Frees the bytes of what anybody can have written, and keeps what tells of it. // STO-26 */
  forgetQuarantined(): Promise<{ readonly operations: number; readonly bytes: number }>;
  devices(): Promise<readonly DeviceRow[]>;
  storageUse(): Promise<StorageUse>;
}

/** How one sync runs. */
export interface RunSyncOptions extends Cancel, WithProgress<SyncProgress> {
  /** How long to wait for another sync of this home to end. A minute unless told. */
  readonly waitMs?: number;
  /** `false` leaves contents of files on the server. */
  readonly fetchFiles?: boolean;
  /** `true` tells the other devices what this one has seen, also if it did so today. // WIT-1 */
  readonly witness?: boolean;
}

/** What one sync did. */
export interface SyncResult extends Omit<SyncReport, 'problems'> {
  /** What could not be done although the sync went on. */
  readonly problems: readonly StatusProblem[];
}

/** How long syncing goes on, and who is told. */
export interface WatchHomeOptions extends Cancel {
  readonly onEvent?: (event: SyncEvent) => void;
}

/** What happens while a home is kept the same as its server. */
export type SyncEvent =
  /** The server tells this device about changes from now on. */
  | { readonly type: 'connected' }
  /** Nothing is lost, and the next attempt comes automatically. Told once for each trouble. */
  | { readonly type: 'disconnected'; readonly problem: StatusProblem; readonly retryInMs: number }
  /** The server lets this device in no more. Told once. */
  | { readonly type: 'paused'; readonly problem: StatusProblem }
  | { readonly type: 'synced'; readonly report: SyncResult }
  | { readonly type: 'progress'; readonly progress: SyncProgress };

/** How a verification runs. */
export interface RunVerifyOptions extends Cancel, WithProgress<VerifyProgress> {
  /** Fetches and opens every chunk. */
  readonly deep?: boolean;
  /** Forgets how far an interrupted run had come. */
  readonly fromStart?: boolean;
}

/** One device of the account. */
export interface DeviceRow {
  readonly id: DeviceId;
  readonly name: string;
  /** Milliseconds since 1970 UTC at which it last said what it has seen, which is at most daily. */
  readonly lastHeardAt: number;
  /** Changes of it that are here. */
  readonly operations: number;
  readonly isThisOne: boolean;
}

/** Spaces: listing and changing them. */
export interface HomeSpaces {
  /** Pinned ones first, then by their order, then by name. */
  list(): Promise<readonly SpaceRow[]>;
  /** Every space that is known, deleted ones too, by name. */
  names(): Promise<readonly SpaceName[]>;
  add(space: NewSpace): Promise<SpaceRow>;
  /** `null` takes a colour, an icon or an order away. */
  edit(id: EntityId, change: SpaceChange): Promise<Recorded>;
  /** With its notes. */
  remove(id: EntityId): Promise<Recorded>;
  /** Notes up to this moment were seen on this device. It is told to no other. */
  markRead(id: EntityId, upTo: number): Promise<void>;
}

/** A space to be added. */
export interface NewSpace extends SpaceAppearance {
  /** A new one unless told. */
  readonly id?: EntityId;
  readonly name: string;
  readonly folder?: string | null;
}

/** What an edit changes of a space; the rest stays. */
export interface SpaceChange extends SpaceAppearance {
  readonly name?: string;
}

/** Contents of files: where they are, and reading them. */
export interface HomeFiles {
  /** The file as the row of its note shows it, also one of a draft; `null` if it is not known here. */
  row(id: EntityId): Promise<FileRow | null>;
  /** Asks no server. */
  state(id: EntityId): Promise<FileState>;
  /**
   * Fetches the content, and wants it here from then on, whatever the policy.
   *
   * @throws DataansError `not-found` if the server does not have it yet
   */
  fetch(id: EntityId, options?: Cancel): Promise<void>;
  /** Leaves on the server what is not here yet. // FIL-7 */
  cancel(id: EntityId): Promise<void>;
  /**
   * Frees the content on this device once the server has said that it has all of it. From then on it is only on the server,
   * until somebody asks for it. // FIL-12
   *
   * @throws DataansError `not-found` if the server lacks something of it, `integrity` if what it has is damaged: what is here
   * stays then, also if the server cannot be asked
   */
  release(id: EntityId, options?: Cancel): Promise<void>;
  /** What this device fetches without being asked. */
  policy(): Promise<FetchPolicy>;
  setPolicy(policy: FetchPolicy): Promise<void>;
  /**
   * A picture of it of at most 640 pixels a side, for lists; kept on this device, also when the content is not. A GIF stands still in it.
   * `null` if it is no larger itself, is no picture, is not here, or this platform draws none: then show the content.
   */
  thumbnail(id: EntityId, options?: Cancel): Promise<Blob | null>;
  /**
   * A part of the content, also of a file of a draft, from byte `from` to before byte `to`: all unless told, at most 4 MiB a
   * call. What is not here is fetched.
   */
  read(id: EntityId, range?: ByteRange, options?: Cancel): Promise<Uint8Array>;
}
