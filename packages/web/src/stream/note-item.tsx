import type { NoteRow } from '@dataans/client';
import type { VNode } from 'preact';
import { memo } from 'preact/compat';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Clock, CornerDownRight, Ellipsis, GitMerge, Pencil, Pin, Reply } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { later } from '../elements/later.tsx';
import { Link } from '../elements/link.tsx';
import { NoteFiles } from '../files/note-files.tsx';
import { NoteDoingContext } from './note-parts.tsx';
import { Prose } from './prose.tsx';
import type { StreamDoings } from './stream-doings.ts';

const EditNote = later(async () => (await import('./edit-note.tsx')).EditNote);

export interface NoteItemProps {
  readonly note: NoteRow;
  /** Written soon after the one above. */
  readonly follows: boolean;
  readonly doings: StreamDoings;
  /** A pointer is on it, or the focus is in it: what one can do with it is shown. */
  readonly isNear: boolean;
  readonly isEditing: boolean;
  readonly isFound: boolean;
  readonly isNewest: boolean;
  /** It is being recorded. */
  readonly isOnItsWay?: boolean;
  /** How many notes link to it. */
  readonly linkedFrom: number;
  /** `null`: notes are not being selected. */
  readonly selected: boolean | null;
}

/** One note: what is about it at the left, what one can do with it at the right. */
export const NoteItem = memo(function NoteItem(props: NoteItemProps): VNode {
  const { note, doings, isNear, isEditing, isFound, selected } = props;
  const { words, formats } = useApp();
  const said = words.value;
  const time = formats.value.time(note.moment);
  const classes = [
    'note',
    props.follows && 'follows',
    isEditing && 'editing',
    isFound && 'found',
    selected === true && 'selected',
  ];
  const menu = (event: MouseEvent): void => {
    // The handler is on what was pressed.
    const pressed = event.currentTarget as HTMLElement;
    doings.openMenu(note, pressed.getBoundingClientRect());
  };
  return (
    <article
      class={classes.filter(Boolean).join(' ')}
      data-id={note.id}
      tabIndex={-1}
      aria-label={`${time} ${note.title}`}
      aria-busy={props.isOnItsWay}
      onClick={(event) => {
        if (selected !== null && !(event.target instanceof HTMLInputElement)) doings.toggle(note);
      }}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget) doings.key(event, note);
      }}
    >
      <div class="about">
        <Signs note={note} />
        {selected !== null && (
          <input
            class="check round"
            type="checkbox"
            checked={selected}
            aria-label={`${said.select}: ${note.title || time}`}
            onChange={() => doings.toggle(note)}
          />
        )}
        <button type="button" class="time" aria-label={said.noteOf(time)} onClick={menu}>
          <time>{time}</time>
        </button>
      </div>
      <div class="content">
        {isEditing ? <EditNote note={note} onDone={doings.stopEditing} /> : <NoteContent {...props} />}
      </div>
      {isNear && !isEditing && selected === null && props.isOnItsWay !== true && (
        <div class="actions" role="toolbar" aria-label={time}>
          <IconButton class="small" icon={Reply} words={said.answer} onPress={() => doings.answer(note)} />
          <IconButton class="small" icon={Pencil} words={said.edit} onPress={() => doings.edit(note)} />
          <IconButton class="small" icon={Ellipsis} words={said.more} aria-haspopup="menu" onPress={menu} />
        </div>
      )}
    </article>
  );
});

function Signs({ note }: { readonly note: NoteRow }): VNode {
  const said = useApp().words.value;
  return (
    <>
      {!note.backedUp && <Icon of={Clock} size="tiny" class="waits" label={said.notSent} />}
      {note.pinned && <Icon of={Pin} size="tiny" class="pinned" label={said.pinned} />}
      {note.edited && <Icon of={Pencil} size="tiny" label={said.edited} />}
    </>
  );
}

const foldedPx = 352;

/** Whatever is in it, and however narrow the screen: what is measured is laid out at once, note by note. */
function isShort(text: string): boolean {
  return text.length < 300 && text.split('\n', 6).length < 6 && !text.includes('![');
}

function NoteContent({ note, doings, isNewest, linkedFrom }: NoteItemProps): VNode {
  const { home, words } = useApp();
  const said = words.value;
  const [whole, setWhole] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [isLong, setLong] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  const text = (note.isWhole ? null : whole) ?? note.beginning;
  useLayoutEffect(() => {
    if (isShort(text)) {
      setLong(false);
      return;
    }
    const prose = content.current?.querySelector('.prose');
    setLong(!isNewest && (prose?.scrollHeight ?? 0) > foldedPx * 1.2);
  }, [text, isNewest]);
  const doing = useMemo(
    () => ({
      note,
      tick: (line: number, checked: boolean) => doings.tick(note, text, { line, checked }),
    }),
    [note, text, doings],
  );
  useEffect(() => {
    // Again whenever it has changed: its beginning may be the same.
    if (isOpen && !note.isWhole)
      void home.notes.read(note.id).then((read) => {
        if (read !== null) setWhole(read.text);
      });
  }, [isOpen, note]);
  const isFolded = (isLong || !note.isWhole) && !isOpen;
  return (
    <div ref={content}>
      <NoteDoingContext.Provider value={doing}>
        {text !== '' && (
          <Prose text={text} isFile={note.name !== ''} class={isFolded && isLong ? 'folded' : ''} />
        )}
      </NoteDoingContext.Provider>
      {note.files.length + note.awaitedFiles > 0 && (
        <NoteFiles files={note.files} awaited={note.awaitedFiles} />
      )}
      {(isFolded || note.conflict || linkedFrom > 0) && (
        <div class="after">
          {isFolded && (
            <button type="button" onClick={() => setOpen(true)}>
              {said.showAll}
            </button>
          )}
          {note.conflict && (
            <Link to={{ at: 'history', note: note.id }} class="merged">
              <Icon of={GitMerge} size="tiny" />
              {said.mergedSee}
            </Link>
          )}
          {linkedFrom > 0 && (
            <button
              type="button"
              aria-haspopup="menu"
              onClick={(event) => doings.openBacklinks(note, event.currentTarget.getBoundingClientRect())}
            >
              <Icon of={CornerDownRight} size="tiny" />
              {said.linkHere(linkedFrom)}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
