import {
  limits,
  utf8ToBytes,
  type EntityId,
  type FileValue,
  type NoteValue,
  type Primitives,
} from '@dataans/core';
import { isTooLargeChange } from '../notebook/is-too-large-change.ts';
import type { PlannedChange } from '../notebook/notebook.ts';
import type { Entities, Entity } from '../store/entities.ts';
import type { SkippedPath } from './folder-source.ts';
import type { Counted, Outcome } from './import-report.ts';
import type { ImportRoot } from './import-root.ts';
import { noteToFileId } from './import-ids.ts';
import { matchNote, matchSpace, type Match } from './match-entities.ts';
import { planChange } from './plan-change.ts';
import type { FileContent } from '../files/seal-file.ts';
import type { ReadEntry } from './read-entry.ts';
import { stoodFor } from './stood-for.ts';
import { findWholeFile, isNoteName } from '../folder-format/whole-file.ts';

/** Files of one folder, or some of them, to be recorded together. */
export interface ImportBatch {
  readonly root: ImportRoot;
  readonly entries: readonly ReadEntry[];
  /** Names of all files of each folder that the entries are from. */
  readonly namesByFolder: ReadonlyMap<string, ReadonlySet<string>>;
  /** Spaces and notes that earlier batches of this import stand for. */
  readonly claimed: ReadonlySet<EntityId>;
}

export interface ImportPlan {
  readonly changes: readonly PlannedChange[];
  readonly claimed: ReadonlySet<EntityId>;
  readonly outcomes: readonly (readonly [Counted, Outcome])[];
  readonly skipped: readonly SkippedPath[];
}

export const emptyPlan: ImportPlan = { changes: [], claimed: new Set(), outcomes: [], skipped: [] };

/** What to record so that the notes are what the folder says. Reads the store, changes nothing. // IMP-4 */
export function planImport(
  entities: Entities,
  primitives: Pick<Primitives, 'hash'>,
  batch: ImportBatch,
): ImportPlan {
  const living = entities
    .spaces()
    .map(({ space }) => space)
    .filter(({ deleted }) => !deleted);
  const claimed = new Set<EntityId>();
  const isClaimed = (id: EntityId): boolean => claimed.has(id) || batch.claimed.has(id);
  const changes: PlannedChange[] = [];
  const outcomes: [Counted, Outcome][] = [];
  const skipped: SkippedPath[] = [];
  const spaceByFolder = new Map<string, Match<'space'>>();

  const placeFolder = (folder: string): Match<'space'> => {
    const known = spaceByFolder.get(folder);
    if (known !== undefined) return known;
    const match = matchSpace(entities, primitives, living, folder, batch.root);
    spaceByFolder.set(folder, match);
    if (match.entity?.deleted !== true) planFolder(match, folder);
    return match;
  };
  const planFolder = (match: Match<'space'>, folder: string): void => {
    if (claimed.has(match.id)) return;
    const isTaken = (name: string): boolean =>
      living.some(({ id, value }) => value.name === name && id !== match.id && !isClaimed(id));
    const plan = planSpace(match, folder, batch.root, isTaken);
    changes.push(...plan.changes);
    if (!isClaimed(match.id)) outcomes.push(['spaces', plan.outcome]);
    claimed.add(match.id);
  };

  for (const entry of batch.entries) {
    const space = placeFolder(entry.folder);
    const names = batch.namesByFolder.get(entry.folder) ?? new Set();
    const match = matchNote(entities, primitives, space, entry.name, { isClaimed, names });
    claimed.add(match.id);
    const plan = planEntry(entities, primitives, entry, space.id, match);
    if (plan.changes.some(isTooLargeChange)) {
      skipped.push(tooLarge(entry));
      continue;
    }
    if (plan.changes.some((change) => isNoteIn(change, space.id))) planFolder(space, entry.folder);
    changes.push(...plan.changes);
    outcomes.push([entry.content.kind === 'text' ? 'notes' : 'attachments', plan.outcome]);
  }
  return { changes, claimed, outcomes, skipped };
}

interface EntryPlan {
  readonly outcome: Outcome;
  readonly changes: readonly PlannedChange[];
}

function isNoteIn({ entity, value }: PlannedChange, space: EntityId): boolean {
  return entity === 'note' && value.space === space;
}

/** A space that lives keeps the name that it was given since. */
function planSpace(
  { id, entity }: Match<'space'>,
  folder: string,
  { name: rootName, copy }: ImportRoot,
  isTaken: (name: string) => boolean,
): EntryPlan {
  const name = nameSpace(folder || rootName);
  // A space of another folder that has the name could not be named any more.
  const own = isTaken(name) ? nameSpace(`${name} (${copy > 1 ? copy : rootName})`) : name;
  return planChange('space', id, entity, entity?.value ?? { name: own, folder });
}

/** The path, or as much of its end as a name can hold. */
function nameSpace(path: string): string {
  if (utf8ToBytes(path).length <= limits.nameBytesMax) return path;
  const characters = Array.from(path);
  let room = limits.nameBytesMax - utf8ToBytes('…').length;
  let start = characters.length;
  for (; start > 0; start -= 1) {
    room -= utf8ToBytes(characters[start - 1] ?? '').length;
    if (room < 0) break;
  }
  return `…${characters.slice(start).join('')}`;
}

/** What the folder says, unless it says what it said before and the note has moved on. // IMP-11 */
function planEntry(
  entities: Entities,
  primitives: Pick<Primitives, 'hash'>,
  entry: ReadEntry,
  space: EntityId,
  match: Match<'note'>,
): EntryPlan {
  const plan = planContent(entities, primitives, entry, space, match);
  const { id, entity } = match;
  if (entity === null || plan.outcome !== 'changed') return plan;
  if (!stoodFor(entities, primitives, id, entry.content)) return plan;
  return { outcome: entity.deleted ? 'deleted' : 'edited', changes: [] };
}

function planContent(
  entities: Entities,
  primitives: Pick<Primitives, 'hash'>,
  { name, content }: ReadEntry,
  space: EntityId,
  { id, entity }: Match<'note'>,
): EntryPlan {
  const current = placeNote(entity, space, name);
  const wholeFile = findWholeFile(entities, current);
  if (content.kind === 'text') {
    const files = current.files.filter((file) => file !== wholeFile?.id);
    return planChange('note', id, entity, { ...current, text: content.text, files });
  }
  const fileId = wholeFile?.id ?? noteToFileId(primitives, id);
  const file = wholeFile ?? entities.read('file', fileId);
  const filePlan = planChange('file', fileId, file, withContent(file?.value ?? null, name, content.sealed));
  const files = current.files.includes(fileId) ? current.files : [...current.files, fileId];
  const text = isNoteName(name) ? '' : current.text;
  const notePlan = planChange('note', id, entity, { ...current, text, files });
  return {
    outcome:
      notePlan.outcome === 'unchanged' && filePlan.outcome !== 'unchanged' ? 'changed' : notePlan.outcome,
    changes: [...filePlan.changes, ...notePlan.changes],
  };
}

/** The file with this content. Another content is described anew; what a newer program says of the file stays. // OPR-7 */
function withContent(file: FileValue | null, name: string, content: FileContent): FileValue {
  if (file === null) return { name, ...content };
  if (file.chunks === content.chunks) return file;
  const { type: _, width: __, height: ___, preview: ____, ...kept } = file;
  return { ...kept, ...content };
}

/** A note that lives stays where it was moved to, under the name that it was given. */
function placeNote(entity: Entity<'note'> | null, space: EntityId, name: string): NoteValue {
  if (entity === null) return { space, name, text: '', files: [], pinned: false };
  return entity.deleted ? { ...entity.value, space, name } : entity.value;
}

function tooLarge({ folder, name }: ReadEntry): SkippedPath {
  const message = 'Its note has no room left for another attachment.';
  return { path: folder === '' ? name : `${folder}/${name}`, reason: 'too-large', message };
}
