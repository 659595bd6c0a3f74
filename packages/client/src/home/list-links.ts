import type { EntityId } from '@dataans/core';
import { findLinks } from '../links/find-links.ts';
import { resolveLink } from '../links/resolve-link.ts';
import type { Entities } from '../store/entities.ts';
import type { NoteLink } from './home-notes.ts';

export function listLinks(entities: Entities, id: EntityId): readonly NoteLink[] {
  const note = entities.read('note', id);
  if (note === null) return [];
  return findLinks(note.value.text).map(({ kind, href }) => ({
    kind,
    href,
    target: resolveLink(entities, note, href),
  }));
}
