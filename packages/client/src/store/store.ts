import type { StoreChange } from './change-feed.ts';
import type { Drafts } from './drafts.ts';
import type { Entities } from './entities.ts';
import type { Facts } from './facts.ts';
import type { HeldFiles } from './held-files.ts';
import type { StoreMentions } from './mentions.ts';
import type { LocalLog } from './local-log.ts';
import type { Past } from './past.ts';
import type { TextSearch } from './text-search.ts';
import type { Thumbnails } from './thumbnails.ts';
import type { Windows } from './windows/windows.ts';

/** One device's data: the operations, and the state that they say. */
export interface Store {
  readonly log: LocalLog;
  readonly entities: Entities;
  readonly windows: Windows;
  readonly search: TextSearch;
  readonly mentions: StoreMentions;
  readonly past: Past;
  readonly files: HeldFiles;
  readonly facts: Facts;
  readonly drafts: Drafts;
  readonly thumbnails: Thumbnails;
  /**
   * Tells of every commit, at once and within the call that made it: the listener only takes note of it. Those of other
   * processes are told by `lookForOthers`.
   *
   * @returns ends it
   */
  onChange(listener: (change: StoreChange) => void): () => void;
  /** Tells what other processes have written since the last look; cheap enough to poll. */
  lookForOthers(): void;
  close(): void;
}
