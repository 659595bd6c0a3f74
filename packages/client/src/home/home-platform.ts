import type { Primitives } from '@dataans/core';
import type { ArchivePlace } from '../export/archive-place.ts';
import type { FolderTarget } from '../export/folder-target.ts';
import type { FetchPolicy } from '../files/fetch-policy.ts';
import type { FolderSource } from '../import/folder-source.ts';
import type { Clock } from '../platform/clock.ts';
import type { FollowOthers } from '../platform/follow-others.ts';
import type { HoldLock } from '../platform/hold-lock.ts';
import type { LocalChunks } from '../platform/local-chunks.ts';
import type { Randomness } from '../platform/randomness.ts';
import type { Secret } from '../platform/secret.ts';
import type { ShrinkPicture } from '../platform/shrink-picture.ts';
import type { StorageUse } from '../platform/storage-use.ts';
import type { SyncLock } from '../platform/sync-lock.ts';
import type { Transport } from '../platform/transport.ts';
import type { Store } from '../store/store.ts';
import type { KeptSignIn } from './kept-sign-in.ts';

/** What a home needs of the place that it lives in: all that differs between Node and a browser. */
export interface HomePlatform {
  readonly primitives: Primitives;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly transport: Transport;
  readonly chunks: LocalChunks;
  /** One sync at a time. // SYN-12 */
  readonly lock: SyncLock;
  /** One program at a time sends chunks, and one fetches them. // SYN-26 */
  readonly sendLock: SyncLock;
  readonly fetchLock: SyncLock;
  /** Which contents of files are fetched until somebody chooses. // FIL-7 */
  readonly defaultPolicy: FetchPolicy;
  /** How many received operations are stored in one step, for which everything else waits; a page of them unless told. */
  readonly operationsAtOnce?: number;
  readonly kept: KeptSignIn;
  /** @throws DataansError if this program may not change the home; nothing is begun then */
  requireOwn(): void;
  /**
   * Opened at the first call and after each `closeStore`, and made if there never was one.
   *
   * @throws DataansError also if there was one and it is gone // STO-37
   */
  openStore(): Store;
  /** Makes one in the place of one that is gone, too. */
  openOrMakeStore(): Store;
  /** Nobody has made one yet, or it is gone. */
  isStoreMissing(): boolean;
  isStoreLost(): boolean;
  closeStore(): void;
  /** Leaves nothing of the home. Its store is closed. */
  erase(): Promise<void>;
  storageUse(): Promise<StorageUse>;
  /** Lets go of what it holds. Nothing is asked of it afterwards. */
  close(): void;
  /** Draws small pictures of pictures; they have none where it is missing. // FIL-11 */
  readonly shrinkPicture?: ShrinkPicture;
  /** Between programs that share the home; none unless told. // STO-53 */
  readonly holdLock?: HoldLock;
  /** In a browser only the tab that leads writes, so that nothing has to be looked for. */
  readonly followOthers?: FollowOthers;
  /** What a person types to sign in to a server; there is no command line unless told. */
  readonly signInCommand?: (server: string) => string;
  /** A token for this server that another program on this device holds; none unless told. // ACC-8 */
  readonly readHeldToken?: (server: string, signal: AbortSignal) => Promise<Secret | null>;
  /** A folder on this machine to import; a browser has none. */
  readonly openSource?: (path: string) => Promise<FolderSource>;
  /** A new or empty folder on this machine to export to. */
  readonly openTarget?: (path: string) => Promise<FolderTarget>;
  /** The file that an archive is written to; without a chosen one a place of its own. Only a browser has it. */
  readonly openArchive?: (chosen: FileSystemFileHandle | null) => Promise<ArchivePlace>;
}
