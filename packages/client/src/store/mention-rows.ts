import { uuidToBytes } from '@dataans/core';
import type { Mentions } from '../links/find-mentions.ts';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { foldText } from './fold-text.ts';

/** Tags of living notes, and what they link to, as far as they are indexed. // STO-59 */
export interface MentionRows {
  /** In the place of what the note said before. */
  replace(note: number, mentions: Mentions): void;
  remove(note: number): void;
  removeAll(): void;
}

export function createMentionRows(database: SqlDatabase): MentionRows {
  const removeTags = database.prepare('DELETE FROM tags WHERE note = ?');
  const removeLinks = database.prepare('DELETE FROM links WHERE note = ?');
  const removeAllTags = database.prepare('DELETE FROM tags');
  const removeAllLinks = database.prepare('DELETE FROM links');
  const insertTag = database.prepare(
    'INSERT INTO tags (space, tag, note, written)' +
      ' SELECT e.space, ?2, e.entity, ?3 FROM entities e WHERE e.entity = ?1 ON CONFLICT DO NOTHING',
  );
  const insertLink = database.prepare(
    'INSERT INTO links (target, note) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );

  const remove = (note: number): void => {
    removeTags.run(note);
    removeLinks.run(note);
  };
  return {
    remove,
    replace: (note, { tags, notes, names }) => {
      remove(note);
      for (const tag of tags) insertTag.run(note, foldText(tag), tag.normalize('NFC'));
      for (const id of notes) insertLink.run(uuidToBytes(id), note);
      for (const name of names) insertLink.run(name, note);
    },
    removeAll: () => {
      removeAllTags.run();
      removeAllLinks.run();
    },
  };
}
