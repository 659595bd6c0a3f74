import type { NoteRow } from '@dataans/client';
import type { VNode } from 'preact';
import { ClipboardCopy, FolderInput, Pin, Trash2, X } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { Button, IconButton } from '../elements/button.tsx';
import type { NoteDoings } from './note-doings.ts';

export interface SelectionBarProps {
  readonly chosen: readonly NoteRow[];
  readonly notes: NoteDoings;
  readonly onMove: () => void;
  readonly onDone: () => void;
}

/** In the box's place while notes are being selected. */
export function SelectionBar({ chosen, notes, onMove, onDone }: SelectionBarProps): VNode {
  const said = useApp().words.value;
  const areAllPinned = chosen.every(({ pinned }) => pinned);
  const then = (work: Promise<void>): void => void work.then(onDone);
  return (
    <div class="selection-bar" role="toolbar" aria-label={said.selectedNotes}>
      <IconButton icon={X} words={said.stopSelecting} onPress={onDone} />
      <span class="count" role="status">
        {said.notes(chosen.length)}
      </span>
      <Button
        class="bare"
        icon={ClipboardCopy}
        words={said.copy}
        onPress={() => then(notes.copyMarkdown(chosen))}
      />
      <Button class="bare" icon={FolderInput} words={said.moveTo} onPress={onMove} />
      <Button
        class="bare"
        icon={Pin}
        words={areAllPinned ? said.unpin : said.pin}
        onPress={() => then(notes.pin(chosen, !areAllPinned))}
      />
      <Button
        class="bare danger"
        icon={Trash2}
        words={said.deleteNote}
        onPress={() => then(notes.remove(chosen))}
      />
    </div>
  );
}
