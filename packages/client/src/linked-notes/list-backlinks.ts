import type { EntityId } from '@dataans/core';
import type { Entities } from '../store/entities.ts';
import type { StoreMentions } from '../store/mentions.ts';
import { listLinks } from './list-links.ts';

export interface BacklinkDependencies {
  readonly entities: Entities;
  readonly mentions: StoreMentions;
}

/** Of one note: more are read by nobody. */
const backlinksMax = 100;
/** Notes that are looked at because a link of theirs ends in the right name. */
const candidatesMax = 500;

/** Living notes that link to a note, by its id, its address or its place among the files, the newest first. // LNK-5 */
export function listBacklinks(dependencies: BacklinkDependencies, id: EntityId): readonly EntityId[] {
  const { entities, mentions } = dependencies;
  const name = entities.read('note', id)?.value.name.normalize('NFC') ?? '';
  const naming = mentions.naming(id, backlinksMax);
  const byName = name === '' ? [] : mentions.linkingToName(name, candidatesMax);
  const linking = byName.filter((note) => note !== id && linksTo(entities, note, id));
  return [...new Set([...naming, ...linking])].slice(0, backlinksMax);
}

function linksTo(entities: Entities, from: EntityId, id: EntityId): boolean {
  return listLinks(entities, from).some(({ target }) => target?.kind === 'note' && target.id === id);
}
