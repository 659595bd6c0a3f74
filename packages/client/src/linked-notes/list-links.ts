import type { EntityId } from '@dataans/core';
import { findLinks, type FoundLink } from '../links/find-links.ts';
import { resolveLink, type LinkedEntity } from './resolve-link.ts';
import type { Entities } from '../store/entities.ts';

/** A relative link of a note. */
export interface NoteLink {
  readonly kind: FoundLink['kind'];
  readonly href: string;
  /** `null` if nothing is there, or it leads out of the notes. */
  readonly target: LinkedEntity | null;
}

export function listLinks(entities: Entities, id: EntityId): readonly NoteLink[] {
  const note = entities.read('note', id);
  if (note === null) return [];
  return findLinks(note.value.text).map(({ kind, href }) => ({
    kind,
    href,
    target: resolveLink(entities, note, href),
  }));
}
