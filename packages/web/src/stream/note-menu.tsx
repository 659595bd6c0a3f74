import type { NoteRow } from '@dataans/client';
import type { VNode } from 'preact';
import {
  CalendarClock,
  CircleCheck,
  ClipboardCopy,
  FolderInput,
  History,
  Link as LinkIcon,
  Pencil,
  Pin,
  PinOff,
  Reply,
  Trash2,
} from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { Menu } from '../elements/menu.tsx';
import type { NoteDoings } from './note-doings.ts';
import { noteKey } from './note-keys.ts';
import type { StreamDoings } from './stream-doings.ts';

export interface NoteMenuProps {
  readonly note: NoteRow;
  readonly at: DOMRect;
  readonly notes: NoteDoings;
  readonly stream: StreamDoings;
  readonly onMove: (note: NoteRow) => void;
  readonly onSetDate: (note: NoteRow) => void;
  readonly onClose: () => void;
}

export function NoteMenu({ note, at, notes, stream, onMove, onSetDate, onClose }: NoteMenuProps): VNode {
  const { router, formats, words } = useApp();
  const said = words.value;
  return (
    <Menu
      label={said.noteOf(formats.value.time(note.moment))}
      at={at}
      onClose={onClose}
      items={[
        { icon: Reply, words: said.answer, key: noteKey.answer, act: () => stream.answer(note) },
        { icon: Pencil, words: said.edit, key: noteKey.edit, act: () => stream.edit(note) },
        {
          icon: ClipboardCopy,
          words: said.copyMarkdown,
          key: noteKey.copyMarkdown,
          act: () => void notes.copyMarkdown([note]),
        },
        { icon: LinkIcon, words: said.copyLink, key: noteKey.copyLink, act: () => void notes.copyLink(note) },
        {
          icon: note.pinned ? PinOff : Pin,
          words: note.pinned ? said.unpin : said.pin,
          key: noteKey.pin,
          act: () => void notes.pin([note], !note.pinned),
        },
        { icon: FolderInput, words: said.moveTo, key: noteKey.move, act: () => onMove(note) },
        { icon: CalendarClock, words: said.setDate, key: noteKey.setDate, act: () => onSetDate(note) },
        {
          icon: History,
          words: said.versions,
          key: noteKey.versions,
          act: () => router.go({ at: 'history', note: note.id }),
        },
        { icon: CircleCheck, words: said.select, key: noteKey.select, act: () => stream.toggle(note) },
        {
          icon: Trash2,
          words: said.deleteNote,
          key: noteKey.remove,
          isDanger: true,
          act: () => void notes.remove([note]),
        },
      ]}
    />
  );
}
