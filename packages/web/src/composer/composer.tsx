import type { SpaceRow } from '@dataans/client';
import type { RefObject, VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ArrowUp, CornerDownRight, Plus, X } from 'lucide';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { addNote } from './add-note.ts';
import { growWithText } from './grow-with-text.ts';
import { isComposing, readKey } from './send-key.ts';
import { handleTextKey } from './text-keys.ts';
import { Tray } from './tray.tsx';

/** The note that is being answered, as it is named. */
export interface Answered {
  readonly id: string;
  readonly title: string;
}

export interface ComposerProps {
  readonly space: SpaceRow;
  readonly answered: Answered | null;
  readonly onStopAnswering: () => void;
  /** Called when a note was recorded. */
  readonly onSent: () => void;
  readonly onEditLast: () => void;
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly files: readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
}

export function Composer(props: ComposerProps): VNode {
  const { space, answered, onStopAnswering, onSent, onEditLast, box, files, onFiles } = props;
  const { home, drafts, notices, settings, words } = useApp();
  const said = words.value;
  const draft = useMemo(() => ({ kind: 'space', id: space.id }) as const, [space.id]);
  const [hasText, setHasText] = useState(() => drafts.read(draft) !== '');
  const chooser = useRef<HTMLInputElement>(null);
  const canSend = hasText || files.length > 0;

  const setText = (text: string): void => {
    const shown = box.current;
    if (shown !== null) {
      shown.value = text;
      growWithText(shown);
    }
    drafts.write(draft, text);
    setHasText(text.trim() !== '');
  };
  useEffect(() => setText(drafts.read(draft)), [draft]);

  const send = async (): Promise<void> => {
    const typed = box.current?.value ?? '';
    const chosen = files;
    const text = answered === null ? typed.trimEnd() : `((${answered.id}))\n${typed.trimEnd()}`;
    if (typed.trim() === '' && chosen.length === 0) return;
    setText('');
    onFiles([]);
    try {
      await addNote(home, { space: space.id, text, files: chosen });
      onStopAnswering();
      onSent();
      // Asked once there is something to lose; the browser asks the person at most once.
      void navigator.storage.persist();
    } catch (error) {
      // What was typed since then stays, below what could not be kept.
      const since = box.current?.value ?? '';
      setText(since === '' ? typed : `${typed}\n${since}`);
      onFiles(chosen);
      notices.show(`${said.notSaved} ${tellError(error, said)}`);
    }
  };
  const press = (event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }): void => {
    const isTouch = matchMedia('(pointer: coarse)').matches;
    const meaning = readKey(event, settings.value.enterSends, isTouch);
    if (meaning === 'send') {
      event.preventDefault();
      void send();
    } else if (event.key === 'ArrowUp' && event.currentTarget.value === '') {
      event.preventDefault();
      onEditLast();
    } else if (event.key === 'Escape' && answered !== null) onStopAnswering();
    else if (!isComposing(event)) handleTextKey(event);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {answered !== null && (
        <div class="above">
          <Icon of={CornerDownRight} size="small" />
          <span>
            {said.answers} <strong dir="auto">{answered.title}</strong>
          </span>
          <IconButton class="small" icon={X} words={said.stopAnswering} onPress={onStopAnswering} />
        </div>
      )}
      {files.length > 0 && (
        <Tray files={files} onRemove={(gone) => onFiles(files.filter((file) => file !== gone))} />
      )}
      <div class="row">
        <IconButton icon={Plus} words={said.attach} onPress={() => chooser.current?.click()} />
        <textarea
          ref={box}
          rows={1}
          dir="auto"
          aria-label={said.writeNote}
          placeholder={said.writeTo(space.name)}
          enterkeyhint={settings.value.enterSends ? 'send' : 'enter'}
          onInput={(event) => {
            const text = event.currentTarget.value;
            drafts.write(draft, text);
            setHasText(text.trim() !== '');
            growWithText(event.currentTarget);
          }}
          onKeyDown={press}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])];
            if (pasted.length === 0) return;
            event.preventDefault();
            onFiles([...files, ...pasted]);
          }}
        />
        {canSend ? (
          <button type="submit" class="send" aria-label={said.send} title={said.send}>
            <Icon of={ArrowUp} />
          </button>
        ) : (
          <span />
        )}
      </div>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...files, ...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
          box.current?.focus();
        }}
      />
    </form>
  );
}
