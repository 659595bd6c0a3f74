import type { NoteRow, SpaceRow } from '@dataans/client';
import type { VNode } from 'preact';
import { later } from '../elements/later.tsx';
import type { NoteDoings } from './note-doings.ts';
import type { StreamDoings } from './stream-doings.ts';

const BacklinksMenu = later(async () => (await import('./backlinks-menu.tsx')).BacklinksMenu);
const Calendar = later(async () => (await import('./calendar.tsx')).Calendar);
const DateDialog = later(async () => (await import('./date-dialog.tsx')).DateDialog);
const NoteMenu = later(async () => (await import('./note-menu.tsx')).NoteMenu);
const MoveDialog = later(async () => (await import('./move-dialog.tsx')).MoveDialog);

/** What lies over the stream; at most one thing. */
export type Over =
  | { readonly kind: 'menu'; readonly note: NoteRow; readonly at: DOMRect }
  | { readonly kind: 'backlinks'; readonly note: NoteRow; readonly at: DOMRect }
  | { readonly kind: 'move'; readonly notes: readonly NoteRow[] }
  | { readonly kind: 'date'; readonly note: NoteRow }
  | { readonly kind: 'calendar' };

export interface StreamOverProps {
  readonly over: Over;
  readonly space: SpaceRow;
  readonly notes: NoteDoings;
  readonly stream: StreamDoings;
  readonly onOpen: (over: Over) => void;
  readonly onMoved: () => void;
  readonly onChooseDay: (moment: number) => void;
  readonly onClose: () => void;
}

export function StreamOver(props: StreamOverProps): VNode {
  const { over, space, notes, stream, onOpen, onMoved, onChooseDay, onClose } = props;
  switch (over.kind) {
    case 'menu':
      return (
        <NoteMenu
          note={over.note}
          at={over.at}
          notes={notes}
          stream={stream}
          onMove={(note) => onOpen({ kind: 'move', notes: [note] })}
          onSetDate={(note) => onOpen({ kind: 'date', note })}
          onClose={onClose}
        />
      );
    case 'backlinks':
      return <BacklinksMenu note={over.note} at={over.at} onClose={onClose} />;
    case 'move':
      return (
        <MoveDialog
          from={space.id}
          onChoose={(to) => {
            void notes.move(over.notes, to);
            onMoved();
          }}
          onClose={onClose}
        />
      );
    case 'date':
      return (
        <DateDialog
          note={over.note}
          onChoose={(date) => void notes.setDate(over.note, date)}
          onClose={onClose}
        />
      );
    case 'calendar':
      return <Calendar space={space.id} onChoose={onChooseDay} onClose={onClose} />;
  }
}
