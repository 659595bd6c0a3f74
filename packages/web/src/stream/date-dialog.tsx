import type { NoteRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { Button } from '../elements/button.tsx';
import { Dialog } from '../elements/dialog.tsx';

export interface DateDialogProps {
  readonly note: NoteRow;
  readonly onChoose: (date: number | null) => void;
  readonly onClose: () => void;
}

/** When a note is from, if that isn't when it was written. */
export function DateDialog({ note, onChoose, onClose }: DateDialogProps): VNode {
  const said = useApp().words.value;
  const id = useId();
  const before = toLocalText(note.moment);
  const [typed, setTyped] = useState(before);
  const choose = (date: number | null): void => {
    onChoose(date);
    onClose();
  };
  return (
    <Dialog title={said.setDate} onClose={onClose}>
      <form
        class="body"
        id={`${id}-form`}
        onSubmit={(event) => {
          event.preventDefault();
          const moment = new Date(typed).getTime();
          // The field knows no seconds: what nobody has changed is to stay where it is.
          if (typed === before) onClose();
          else if (!Number.isNaN(moment)) choose(moment);
        }}
      >
        <div class="field">
          <label for={id}>{said.date}</label>
          <input
            class="input"
            id={id}
            type="datetime-local"
            required
            autoFocus
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
      </form>
      <div class="foot">
        {note.date !== null && (
          <Button class="bare away" words={said.recordedDate} onPress={() => choose(null)} />
        )}
        <Button words={said.cancel} onPress={onClose} />
        <Button class="primary" type="submit" form={`${id}-form`} words={said.save} />
      </div>
    </Dialog>
  );
}

/** As a field for local times takes it: `2026-11-29T14:05`. */
function toLocalText(moment: number): string {
  const shifted = moment - new Date(moment).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 16);
}
