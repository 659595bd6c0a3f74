import type { EntityId } from '@dataans/core';
import type { ComponentChildren, VNode } from 'preact';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

export interface RelativeLinkProps {
  readonly from: EntityId;
  /** As Markdown gives it, with its percent signs. */
  readonly address: string;
  readonly children?: ComponentChildren;
}

/** A link by folders and file names, as notes have it that were brought in. It is followed when it is pressed. */
export function RelativeLink({ from, address, children }: RelativeLinkProps): VNode {
  const { home, notices, router, words } = useApp();
  const follow = async (): Promise<void> => {
    const links = await home.notes.links(from);
    const target = links.find(({ href }) => decode(href) === decode(address))?.target ?? null;
    const note = target?.kind === 'note' ? await home.notes.read(target.id) : null;
    if (note === null) notices.show(words.value.linkToNothing);
    else router.go({ at: 'space', space: note.space, note: note.id });
  };
  return (
    <a
      href={address}
      onClick={(event) => {
        event.preventDefault();
        follow().catch((error: unknown) => notices.show(tellError(error, words.peek())));
      }}
    >
      {children}
    </a>
  );
}

function decode(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
