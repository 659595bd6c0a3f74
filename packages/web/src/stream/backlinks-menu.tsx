import type { NoteRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Menu } from '../elements/menu.tsx';
import { CornerDownRight } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

export interface BacklinksMenuProps {
  readonly note: NoteRow;
  readonly at: DOMRect;
  readonly onClose: () => void;
}

/** The notes that link to one, each a press away. */
export function BacklinksMenu({ note, at, onClose }: BacklinksMenuProps): VNode | null {
  const { home, notices, router, words } = useApp();
  const said = words.value;
  const [linking, setLinking] = useState<readonly NoteRow[] | null>(null);
  useEffect(() => {
    home.notes
      .backlinks(note.id)
      .then(setLinking)
      .catch((error: unknown) => notices.show(tellError(error, said)));
  }, [note.id]);
  if (linking === null) return null;
  return (
    <Menu
      label={said.linkHere(linking.length)}
      at={at}
      onClose={onClose}
      items={linking.map(({ id, space, title, files }) => ({
        icon: CornerDownRight,
        words: title === '' ? (files[0]?.name ?? said.untitled) : title,
        act: () => router.go({ at: 'space', space, note: id }),
      }))}
    />
  );
}
