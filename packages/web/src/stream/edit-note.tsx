import type { Note, NoteRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp, type App } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { isComposing } from '../composer/send-key.ts';
import { describeCompletion, TagList } from '../composer/tag-list.tsx';
import { handleTextKey } from '../composer/text-keys.ts';
import { useTagCompletion } from '../composer/use-tag-completion.ts';
import { growWithText } from '../composer/grow-with-text.ts';
import { useKeptDraft } from '../composer/use-kept-draft.ts';
import { Button } from '../elements/button.tsx';

/** Another text for a note, in its place. What came meanwhile is merged, not lost. */
export function EditNote({ note, onDone }: { readonly note: NoteRow; readonly onDone: () => void }): VNode {
  const app = useApp();
  const { home, drafts, notices, words } = app;
  const said = words.value;
  /** `null` until it is read: what is typed before would take the place of its text. */
  const [base, setBase] = useState<Pick<Note, 'id' | 'heads' | 'text'> | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const completion = useTagCompletion();
  const draft = { kind: 'note', id: note.id } as const;

  useEffect(() => {
    box.current?.focus();
    void home.notes.read(note.id).then((read) => {
      // What was begun before a reload stands on what was seen then.
      const heads = drafts.base(draft);
      setBase(read !== null && heads.length > 0 ? { ...read, heads } : read);
      if (box.current !== null && read !== null) show(box.current, drafts.read(draft) || read.text);
    });
  }, []);
  useEffect(() => () => void offerBack(app, note.id), []);
  useKeptDraft(draft);
  const leave = (): void => {
    drafts.write(draft, '');
    onDone();
  };
  const save = async (): Promise<void> => {
    if (base === null) return;
    const text = box.current?.value ?? '';
    if (text === base.text) return leave();
    drafts.hold(draft);
    try {
      await home.notes.edit(base, { text }, { draft });
      drafts.sent(draft);
      onDone();
    } catch (error) {
      drafts.notSent(draft, text);
      notices.show(tellError(error, said));
    }
  };
  return (
    <div class="edit">
      <TagList completion={completion} box={box} />
      <textarea
        ref={box}
        rows={1}
        dir="auto"
        aria-label={said.editNote}
        readOnly={base === null}
        onInput={(event) => {
          drafts.write(draft, event.currentTarget.value, base?.heads);
          growWithText(event.currentTarget);
          completion.follow(event.currentTarget);
        }}
        onBlur={completion.close}
        {...describeCompletion(completion)}
        onKeyDown={(event) => {
          if (isComposing(event) || completion.press(event)) return;
          if (event.key === 'Escape') {
            event.preventDefault();
            leave();
          } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void save();
          } else handleTextKey(event);
        }}
      />
      <WaysOut onLeave={leave} onSave={() => void save()} />
    </div>
  );
}

/** Another device has deleted what was being edited: what was typed is kept, and is there again with the note. */
async function offerBack({ home, drafts, notices, words }: App, id: EntityId): Promise<void> {
  const tell = (error: unknown): void => notices.show(tellError(error, words.peek()));
  if (drafts.read({ kind: 'note', id }) === '') return;
  const note = await home.notes.read(id).catch(() => null);
  if (note?.deleted !== true) return;
  const restore = (): void => void home.history.restore({ what: 'notes', ids: [id] }).catch(tell);
  notices.show(words.peek().noteDeleted, { words: words.peek().restore, act: restore });
}

function show(box: HTMLTextAreaElement, text: string): void {
  box.value = text;
  box.setSelectionRange(text.length, text.length);
  growWithText(box);
}

function WaysOut({ onLeave, onSave }: { readonly onLeave: () => void; readonly onSave: () => void }): VNode {
  const said = useApp().words.value;
  return (
    <div class="foot">
      <span>{said.escLeaves}</span>
      <Button class="bare small" words={said.cancel} onPress={onLeave} />
      <Button class="primary small" words={said.save} onPress={onSave} />
    </div>
  );
}
