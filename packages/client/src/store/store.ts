import type { Entities } from './entities.ts';
import type { Facts } from './facts.ts';
import type { HeldFiles } from './held-files.ts';
import type { LocalLog } from './local-log.ts';
import type { Past } from './past.ts';
import type { TextSearch } from './text-search.ts';
import type { Windows } from './windows/windows.ts';

/** One device's data: the operations, and the state that they say. */
export interface Store {
  readonly log: LocalLog;
  readonly entities: Entities;
  readonly windows: Windows;
  readonly search: TextSearch;
  readonly past: Past;
  readonly files: HeldFiles;
  readonly facts: Facts;
  /**
   * Grows with every committed change to the store by this or another process; cheap enough to poll.
   * It says no more than that: look at the outbox or the entities before doing anything about it.
   */
  changeCounter(): number;
  close(): void;
}
