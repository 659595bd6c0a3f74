import type { EntityId } from '@dataans/core';
import { isSame } from '../live/is-same.ts';
import type { Entities, Entity } from '../store/entities.ts';
import type { LocalLog } from '../store/local-log.ts';
import type { Past } from '../store/past.ts';
import { compareNoteKeys, type NoteKey } from '../store/windows/note-key.ts';
import { beginningCharacters, type NoteRow } from '../store/windows/note-row.ts';
import { describeFile, describeNote } from '../store/windows/read-note-rows.ts';
import { createReadAt, type ReadAt } from './read-at.ts';

/** Which notes of the past are asked for. */
export interface PastQuery {
  readonly space: EntityId;
  /** Default: from the newest note then. */
  readonly before?: NoteKey;
  /** Most rows; 50 unless told. */
  readonly limit?: number;
  /** Characters of each beginning; 200 unless told. */
  readonly beginning?: number;
}

/** A part of a space's stream as it was, the oldest first. */
export interface PastWindow {
  readonly rows: readonly NoteRow[];
  /** What became of those that aren't as they were. */
  readonly since: ReadonlyMap<EntityId, 'changed' | 'deleted'>;
  /** To go on from, if there are more. */
  readonly before: NoteKey | null;
}

export interface PastDependencies {
  readonly entities: Pick<Entities, 'read' | 'revisions' | 'inOneMoment'>;
  readonly past: Pick<Past, 'arrivedAfter' | 'heldBy' | 'notesAt' | 'changedAfter'>;
  readonly log: Pick<LocalLog, 'operationCount'>;
}

/** What a space was at a time, part by part: the places of its notes are found once. // STO-55 */
export function createPastWindows({
  entities,
  past,
  log,
}: PastDependencies): (atMs: number, query: PastQuery) => PastWindow {
  let last: { readonly question: string; readonly keys: readonly NoteKey[] } | null = null;

  const listKeys = (space: EntityId, atMs: number, readAt: ReadAt): readonly NoteKey[] => {
    const question = [space, atMs, log.operationCount()].join();
    if (last?.question !== question) last = { question, keys: listPastKeys({ past }, space, atMs, readAt) };
    return last.keys;
  };
  return (atMs, { space, before, limit = 50, beginning = beginningCharacters }) =>
    entities.inOneMoment(() => {
      const readAt = createReadAt({ entities, past }, atMs);
      const keys = listKeys(space, atMs, readAt);
      const end = before === undefined ? keys.length : countBefore(keys, before);
      const start = Math.max(0, end - limit);
      const page = keys.slice(start, end);
      const notes = page.map((key) => readPast(readAt, key));
      const rows = notes.map((note) => describePast(readAt, note, beginning));
      const since = new Map(notes.flatMap((note) => describeSince(note, entities.read('note', note.id))));
      return { rows, since, before: start === 0 ? null : (page[0] ?? null) };
    });
}

/** Notes that lived in the space then, in the order of its stream. */
export function listPastKeys(
  { past }: Pick<PastDependencies, 'past'>,
  space: EntityId,
  atMs: number,
  readAt: ReadAt,
): readonly NoteKey[] {
  const { known, uncertain } = past.notesAt(space, atMs);
  const others = uncertain.flatMap((key): readonly NoteKey[] => {
    const note = readAt('note', key.id);
    return note === null || note.deleted || note.value.space !== space ? [] : [keyOf(note, key)];
  });
  return [...known, ...others].toSorted(compareNoteKeys);
}

function countBefore(keys: readonly NoteKey[], before: NoteKey): number {
  const index = keys.findIndex((key) => compareNoteKeys(key, before) >= 0);
  return index === -1 ? keys.length : index;
}

/** A note as it was then, and its place in the stream. */
type PastNote = Entity<'note'> & Pick<NoteKey, 'moment'>;

function readPast(readAt: ReadAt, { id, moment }: NoteKey): PastNote {
  const note = readAt('note', id);
  if (note === null) throw new TypeError('A note of a past window was not there.');
  return { ...note, moment };
}

function describePast(readAt: ReadAt, note: PastNote, beginning: number): NoteRow {
  const files = note.value.files.flatMap((file) => {
    const known = readAt('file', file);
    return known === null || known.deleted ? [] : [describeFile(known)];
  });
  const awaitedFiles = note.value.files.length - files.length;
  return { ...describeNote(note, beginning), moment: note.moment, files, awaitedFiles };
}

function describeSince(
  { id, value }: PastNote,
  now: Entity<'note'> | null,
): readonly (readonly [EntityId, 'changed' | 'deleted'])[] {
  if (now === null) return [];
  if (now.deleted) return [[id, 'deleted']];
  return isSame(now.value, value) ? [] : [[id, 'changed']];
}

/** @param now its place now: what was recorded first is the same then, unless a clock was wrong */
function keyOf({ id, value, createdAt }: Entity<'note'>, now: NoteKey): NoteKey {
  const c = createdAt === now.createdAt ? now.c : 0;
  return { id, moment: value.date ?? createdAt, createdAt, c };
}
