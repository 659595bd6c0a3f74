import type { DraftPlace, SpaceRow } from '@dataans/client';
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { DraftFile } from '../drafts/draft-files.ts';
import type { NoteOnItsWay } from '../drafts/sent-notes.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { newEntityId } from '../state/new-entity-id.ts';
import { growWithText } from './grow-with-text.ts';
import { useKeptDraft } from './use-kept-draft.ts';

/** The note that is being answered, as it is named. */
export interface Answered {
  readonly id: string;
  readonly title: string;
}

export interface WritingProps {
  readonly space: SpaceRow;
  readonly answered: Answered | null;
  readonly onStopAnswering: () => void;
  /** Called before a note is recorded that has no files. @returns what to call if it can't be */
  readonly onSending: (note: NoteOnItsWay) => () => void;
  /** Called when a note was recorded. */
  readonly onSent: () => void;
  readonly box: RefObject<HTMLTextAreaElement | null>;
}

/** What is being written into a space. */
export interface Writing {
  readonly place: DraftPlace;
  readonly files: readonly DraftFile[];
  readonly canSend: boolean;
  /** It goes as soon as its files are sealed. */
  readonly isSealing: boolean;
  /** The box has this text now. */
  type(text: string): void;
  send(): Promise<void>;
}

/** Text and files of the box: kept as a draft, until they are a note. */
export function useWriting(props: WritingProps): Writing {
  const { drafts, draftFiles, notices, sentNotes, words } = useApp();
  const place = useMemo(() => ({ kind: 'space', id: props.space.id }) as const, [props.space.id]);
  const text = useBoxText(props.box, place);
  const [isSealing, setSealing] = useState(false);
  useKeptDraft(place, (kept) => draftFiles.follow(place, kept));

  const record = async (typed: string): Promise<void> => {
    text.show('');
    const note = { id: newEntityId(), space: place.id, text: withAnswered(props.answered, typed) };
    const files = draftFiles.of(place);
    const takeBack = files.length === 0 ? props.onSending(note) : null;
    // They are of this note alone, and so is its answer, whatever is sent while it is being recorded.
    draftFiles.follow(place, []);
    props.onStopAnswering();
    try {
      await sentNotes.send(note);
      props.onSent();
      // Asked once there is something to lose; the browser asks the person at most once.
      void navigator.storage.persist();
    } catch (error) {
      takeBack?.();
      draftFiles.follow(place, files);
      text.show(drafts.read(place));
      notices.show(`${words.value.notSaved} ${tellError(error, words.value)}`);
    }
  };
  const files = draftFiles.of(place);
  return {
    place,
    files,
    canSend: text.isSome || files.length > 0,
    isSealing,
    type: (typed) => {
      text.typed(typed);
      drafts.write(place, typed);
    },
    send: async () => {
      const typed = text.read().trimEnd();
      if (isSealing || (typed === '' && draftFiles.of(place).length === 0)) return;
      setSealing(true);
      const isWhole = await draftFiles.settle(place);
      setSealing(false);
      if (isWhole) await record(typed);
    },
  };
}

interface BoxText {
  /** There is more in it than spaces. */
  readonly isSome: boolean;
  read(): string;
  show(text: string): void;
  /** Somebody typed it: the box has it already. */
  typed(text: string): void;
}

/** The text in the box, as long as this is what the box is for. */
function useBoxText(box: WritingProps['box'], place: DraftPlace): BoxText {
  const { drafts } = useApp();
  const [isSome, setSome] = useState(() => drafts.read(place).trim() !== '');
  const own = useRef<HTMLTextAreaElement | null>(null);
  const draft = useRef('');
  const typed = (text: string): void => setSome(text.trim() !== '');
  const show = (text: string): void => {
    if (own.current === null) return;
    own.current.value = text;
    growWithText(own.current);
    typed(text);
  };
  useEffect(() => {
    own.current = box.current;
    draft.current = drafts.read(place);
    show(draft.current);
    return () => {
      own.current = null;
    };
  }, [place]);
  useEffect(() => {
    // What was kept, where nobody has typed while it was being read.
    const kept = drafts.read(place);
    if (own.current?.value !== draft.current || kept === draft.current) return;
    draft.current = kept;
    show(kept);
  }, [drafts.loads.value]);
  return { isSome, read: () => own.current?.value ?? '', show, typed };
}

function withAnswered(answered: Answered | null, typed: string): string {
  return answered === null ? typed : `((${answered.id}))\n${typed}`;
}
