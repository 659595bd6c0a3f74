import type { DraftPlace, Home } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { Drafts } from './drafts.ts';
import { createKeptMap, type WindowStorage } from './kept-map.ts';

/** A note that is being recorded. */
export interface NoteOnItsWay {
  readonly id: EntityId;
  readonly space: EntityId;
  readonly text: string;
}

/** Notes that were sent and that the home has not recorded yet: this window keeps them meanwhile, also over a reload. */
export interface SentNotes {
  /** Resolves once it is recorded. What can't be is a draft again, above what was typed since. */
  send(note: NoteOnItsWay): Promise<void>;
  /** Sends what the page before was left with. */
  resume(): void;
  /** Nothing of it is in this window any more. */
  forget(): void;
}

export interface SentNotesDependencies {
  readonly notes: Pick<Home['notes'], 'add' | 'read'>;
  readonly drafts: Pick<Drafts, 'read' | 'write' | 'hold' | 'sent' | 'notSent'>;
  readonly storage: WindowStorage;
  /** A note of the page before can't be recorded. */
  readonly onError: (error: unknown) => void;
}

export function createSentNotes({ notes, drafts, storage, onError }: SentNotesDependencies): SentNotes {
  const onTheirWay = createKeptMap<NoteOnItsWay>(storage, 'dataans notes on their way', ({ id }) => id);
  const left = onTheirWay.values();
  const record = async (note: NoteOnItsWay, add: (place: DraftPlace) => Promise<unknown>): Promise<void> => {
    const place = placeOf(note);
    drafts.hold(place);
    try {
      await add(place);
      drafts.sent(place);
    } catch (error) {
      drafts.notSent(place, [note.text, drafts.read(place)].filter(Boolean).join('\n'));
      throw error;
    } finally {
      onTheirWay.delete(note.id);
    }
  };
  return {
    send: (note) => {
      onTheirWay.set(note);
      drafts.write(placeOf(note), '');
      return record(note, (draft) => notes.add(note, { draft }));
    },
    resume: () => {
      for (const note of left)
        record(note, async (draft) => {
          // A draft that was begun after it had been recorded stays.
          if ((await notes.read(note.id)) === null) await notes.add(note, { draft });
        }).catch(onError);
    },
    forget: onTheirWay.clear,
  };
}

function placeOf({ space }: NoteOnItsWay): DraftPlace {
  return { kind: 'space', id: space };
}
