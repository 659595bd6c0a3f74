import type { EntityId } from '@dataans/core';
import type { NoteRow } from '../store/windows/note-row.ts';

/** For programs in which people type ids. */
export interface HomeIds {
  /** What has an id that begins with the digits; dashes may be left out. */
  find(prefix: string, query?: IdQuery): Promise<readonly FoundEntity[]>;
  /** The beginnings of these ids, in their order, long enough that no other of this kind begins alike. */
  shorten(kind: FoundEntity['kind'], ids: readonly EntityId[], query?: IdQuery): Promise<readonly string[]>;
}

/** What is looked for by the beginning of its id. */
export interface IdQuery {
  /** Of these kinds; of all three unless told. */
  readonly kinds?: readonly FoundEntity['kind'][];
  /** Deleted ones as well. */
  readonly deleted?: boolean;
}

/** What an id or a beginning of one stands for. */
export type FoundEntity =
  | { readonly kind: 'note'; readonly id: EntityId; readonly deleted: boolean; readonly note: NoteRow }
  | {
      readonly kind: 'space' | 'file';
      readonly id: EntityId;
      readonly deleted: boolean;
      readonly name: string;
    };
