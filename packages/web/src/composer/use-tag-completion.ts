import type { TagCount } from '@dataans/client';
import { useId, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { findTypedTag, matchTags, type TypedTag } from './find-typed-tag.ts';
import { replaceText } from './text-keys.ts';

/** Tags that complete what is being typed in a box. */
export interface TagCompletion {
  readonly id: string;
  readonly tags: readonly TagCount[];
  /** The one that Enter takes; -1: none. */
  readonly at: number;
  /** To be told of what was typed, and of a caret that moved. */
  follow(box: HTMLTextAreaElement): void;
  /** @returns whether the key was for the list, and is done with */
  press(event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }): boolean;
  take(box: HTMLTextAreaElement, tag: TagCount): void;
  close(): void;
}

const none = { typed: null, tags: [], at: -1 } as const;

interface Shown {
  readonly typed: TypedTag | null;
  readonly tags: readonly TagCount[];
  readonly at: number;
}

export function useTagCompletion(): TagCompletion {
  const { home, notices, words } = useApp();
  const id = useId();
  const [known, setKnown] = useState<readonly TagCount[] | null>(null);
  const [shown, setShown] = useState<Shown>(none);
  const show = (typed: TypedTag, tags: readonly TagCount[]): void => {
    const matching = matchTags(tags, typed.typed);
    // With nothing typed yet Enter is a line's end, or sends: a list was not asked for.
    setShown({ typed, tags: matching, at: typed.typed === '' || matching.length === 0 ? -1 : 0 });
  };
  const close = (): void => setShown(none);
  const follow = (box: HTMLTextAreaElement): void => {
    const typed =
      box.selectionStart === box.selectionEnd ? findTypedTag(box.value, box.selectionStart) : null;
    if (typed === null) {
      if (shown.typed !== null) close();
      setKnown(null);
    } else if (known !== null) show(typed, known);
    else
      home.notes
        .tags()
        .then((tags) => {
          setKnown(tags);
          const now = findTypedTag(box.value, box.selectionStart);
          if (now !== null) show(now, tags);
        })
        .catch((error: unknown) => notices.show(tellError(error, words.peek())));
  };
  const take: TagCompletion['take'] = (box, { tag }) => {
    if (shown.typed === null) return;
    const insert = `#${tag} `;
    const caret = shown.typed.from + insert.length;
    replaceText(box, { from: shown.typed.from, to: box.selectionStart, insert, start: caret, end: caret });
    close();
  };
  return {
    id,
    tags: shown.tags,
    at: shown.at,
    follow,
    take,
    close,
    press: (event) => {
      if (shown.tags.length === 0) return false;
      const isDone = pressKey(event, shown, {
        move: (at) => setShown({ ...shown, at }),
        take: (tag) => take(event.currentTarget, tag),
        close,
      });
      if (isDone) event.preventDefault();
      return isDone;
    },
  };
}

/** The caret leaves what is being typed. */
const closing = new Set(['Escape', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown']);

interface ListDoings {
  readonly move: (at: number) => void;
  readonly take: (tag: TagCount) => void;
  readonly close: () => void;
}

function pressKey({ key, shiftKey }: KeyboardEvent, { tags, at }: Shown, doings: ListDoings): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step !== undefined) {
    doings.move((at + step + tags.length) % tags.length);
    return true;
  }
  const tag = tags[at];
  if ((key === 'Enter' || key === 'Tab') && !shiftKey && tag !== undefined) {
    doings.take(tag);
    return true;
  }
  if (closing.has(key)) doings.close();
  return key === 'Escape';
}
