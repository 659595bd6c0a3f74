import type { EntityId, OperationId } from '@dataans/core';
import type { Clock } from '../platform/clock.ts';
import type { Draft, DraftPlace } from '../store/drafts.ts';
import type { NewFile } from '../store/new-file.ts';
import type { Store } from '../store/store.ts';

export interface DraftDependencies {
  readonly store: Pick<Store, 'drafts'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What a person has typed and not sent yet. */
export interface DraftText {
  readonly text: string;
  /** The heads of the note as the person saw it when they began to edit it. What was told before stays unless told. */
  readonly base?: readonly OperationId[];
}

const emptyDraft: Omit<Draft, 'at'> = { text: '', files: [], base: [] };

/** Keeps the text; the files of the draft stay. A draft without text and files is none. // STO-53 */
export function writeDraft({ store, clock }: DraftDependencies, place: DraftPlace, written: DraftText): void {
  store.drafts.change(place, (draft) => orNone({ ...emptyDraft, ...draft, ...written, at: clock.now() }));
}

export function addDraftFile({ store, clock }: DraftDependencies, place: DraftPlace, file: NewFile): void {
  store.drafts.change(place, (draft) => {
    const { files, ...rest } = draft ?? emptyDraft;
    const others = files.filter(({ id }) => id !== file.id);
    return { ...rest, files: [...others, file], at: clock.now() };
  });
}

/** @returns what no draft holds any more */
export function removeDraftFile(
  { store, clock }: DraftDependencies,
  place: DraftPlace,
  id: EntityId,
): readonly NewFile[] {
  let removed: readonly NewFile[] = [];
  store.drafts.change(place, (draft) => {
    if (draft === null) return null;
    removed = draft.files.filter((file) => file.id === id);
    return orNone({ ...draft, files: draft.files.filter((file) => file.id !== id), at: clock.now() });
  });
  return removed;
}

/** @returns what no draft holds any more */
export function dropDraft(
  { store }: Pick<DraftDependencies, 'store'>,
  place: DraftPlace,
): readonly NewFile[] {
  let removed: readonly NewFile[] = [];
  store.drafts.change(place, (draft) => {
    removed = draft?.files ?? [];
    return null;
  });
  return removed;
}

function orNone(draft: Draft): Draft | null {
  return draft.text === '' && draft.files.length === 0 ? null : draft;
}
