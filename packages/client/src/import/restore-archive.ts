import type { EntityId, EntityKind, FileValue, NoteValue, ValueByKind } from '@dataans/core';
import {
  archivePaths,
  fileLineShape,
  noteLineShape,
  spaceLineShape,
  type ArchiveManifest,
  type FileLine,
  type NoteLine,
  type SpaceLine,
} from '../folder-format/archive-format.ts';
import { lineToValue } from '../export/archive-value.ts';
import { inBatches } from '../notebook/batches.ts';
import type { CountedDependencies } from './count-progress.ts';
import { SourceFault, type FolderSource, type SkippedPath } from './folder-source.ts';
import type { Counted, Outcome, ReportBuilder } from './import-report.ts';
import { isTooLargeChange } from '../notebook/is-too-large-change.ts';
import { planChange } from './plan-change.ts';
import { planForeign, type RestoredPlan } from './plan-restored.ts';
import { readArchiveLines, type LineShape } from './read-archive.ts';

/** An entity as it was exported. */
interface Restored<Kind extends EntityKind> {
  readonly id: EntityId;
  readonly value: ValueByKind[Kind];
}

/** A JSON export, and whether this account made it. */
export interface OpenedArchive {
  readonly manifest: ArchiveManifest;
  readonly isOwn: boolean;
}

/** What entities of somebody else's export have become, where that is something else than their own id. */
type ForeignIds = Map<EntityId, EntityId>;

/**
 * Brings back what a JSON export holds: an own one under the ids that it had, somebody else's without changing
 * anything that is here. What is damaged is reported, and everything else goes on. // IMP-9, IMP-12
 */
export async function restoreArchive(
  dependencies: CountedDependencies,
  source: FolderSource,
  { manifest, isOwn }: OpenedArchive,
  report: ReportBuilder,
): Promise<void> {
  const plan = isOwn ? planOwn(dependencies) : planOther(dependencies);
  const spacesOfArchive = new Set<EntityId>();
  const onFault = (fault: SkippedPath): void => report.skip(fault);
  const read = <Shape extends LineShape>(path: string, shape: Shape, expected: number) => {
    dependencies.countFile();
    return readArchiveLines(source, path, shape, expected, onFault);
  };
  /** A space that is missing since the export is damaged may be any that is not here. */
  const mayHold = (space: EntityId): boolean =>
    spacesOfArchive.has(space) ||
    (spacesOfArchive.size < manifest.spaces && dependencies.entities.read('space', space) === null);
  const { spaces, files, notes } = archivePaths;
  const record = <Kind extends EntityKind>(
    kind: Kind,
    counted: Counted,
    restored: AsyncIterable<Restored<Kind>>,
  ) => recordAll(dependencies, report, plan, kind, counted, restored);
  const spaceLines = read(spaces, spaceLineShape, manifest.spaces);
  await record('space', 'spaces', noteIds(toEntities('space', spaceLines, onFault), spacesOfArchive));
  const fileLines = read(files, fileLineShape, manifest.files);
  await record('file', 'attachments', toFiles(dependencies, source, fileLines, onFault));
  const restoredNotes = toEntities('note', read(notes, noteLineShape, manifest.notes), onFault);
  await record('note', 'notes', isOwn ? restoredNotes : keepToArchive(restoredNotes, mayHold, onFault));
}

/** What to record for one entity of the archive. */
type PlanRestored = <Kind extends EntityKind>(
  kind: Kind,
  restored: Restored<Kind>,
  isClaimed: (id: EntityId) => boolean,
) => RestoredPlan;

function planOwn({ entities }: CountedDependencies): PlanRestored {
  return (kind, { id, value }) => ({ id, ...planChange(kind, id, entities.read(kind, id), value) });
}

function planOther({ entities, primitives }: CountedDependencies): PlanRestored {
  const ids: ForeignIds = new Map();
  return (kind, { id, value }, isClaimed) => {
    const plan = planForeign(entities, primitives, kind, id, withForeignIds(kind, value, ids), isClaimed);
    if (plan.id !== id) ids.set(id, plan.id);
    return plan;
  };
}

function withForeignIds<Kind extends EntityKind>(
  kind: Kind,
  value: ValueByKind[Kind],
  ids: ForeignIds,
): ValueByKind[Kind] {
  if (kind !== 'note') return value;
  const note = value as NoteValue; // By its kind.
  const files = note.files.map((file) => ids.get(file) ?? file);
  return { ...value, space: ids.get(note.space) ?? note.space, files };
}

async function* noteIds<Kind extends EntityKind>(
  restored: AsyncIterable<Restored<Kind>>,
  ids: Set<EntityId>,
): AsyncGenerator<Restored<Kind>> {
  for await (const each of restored) {
    ids.add(each.id);
    yield each;
  }
}

/** Notes of somebody else come into spaces of their export, and nowhere else. // IMP-12 */
async function* keepToArchive(
  notes: AsyncIterable<Restored<'note'>>,
  mayHold: (space: EntityId) => boolean,
  onFault: (fault: SkippedPath) => void,
): AsyncGenerator<Restored<'note'>> {
  for await (const note of notes) {
    if (mayHold(note.value.space)) yield note;
    else onFault({ path: `note ${note.id}`, reason: 'damaged', message: "Its space isn't in this export." });
  }
}

async function* toEntities<Kind extends 'space' | 'note'>(
  kind: Kind,
  lines: AsyncIterable<SpaceLine | NoteLine>,
  onFault: (fault: SkippedPath) => void,
): AsyncGenerator<Restored<Kind>> {
  for await (const line of lines) {
    const value = lineToValue(kind, line);
    if (value !== null) yield { id: line.id, value };
    else onFault({ path: `${kind} ${line.id}`, reason: 'damaged', message: notAsExported });
  }
}

const notAsExported = 'A member of it is not what an export writes.';

async function* toFiles(
  dependencies: CountedDependencies,
  source: FolderSource,
  lines: AsyncIterable<FileLine>,
  onFault: (fault: SkippedPath) => void,
): AsyncGenerator<Restored<'file'>> {
  for await (const line of lines) {
    const path = `${archivePaths.contents}/${line.id}`;
    try {
      yield { id: line.id, value: await sealContent(dependencies, source, path, line) };
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      onFault({ path, reason: error.reason, message: error.message });
    }
  }
}

async function sealContent(
  { files, countFile, countContent }: CountedDependencies,
  source: FolderSource,
  path: string,
  line: FileLine,
): Promise<FileValue> {
  const { name, bytes } = line;
  countFile();
  const content = await source.openFile(path);
  if (content === null) throw new SourceFault('damaged', `“${name}” is missing.`);
  try {
    if (content.bytes !== bytes)
      throw new SourceFault('damaged', `It has ${content.bytes} bytes instead of ${bytes}.`);
    const value = lineToValue('file', { ...line, ...(await files.seal(countContent(content))) });
    if (value === null) throw new SourceFault('damaged', notAsExported);
    return value;
  } finally {
    await content.close();
  }
}

async function recordAll<Kind extends EntityKind>(
  { entities, notebook }: CountedDependencies,
  report: ReportBuilder,
  planRestored: PlanRestored,
  kind: Kind,
  counted: Counted,
  restored: AsyncIterable<Restored<Kind>>,
): Promise<void> {
  for await (const lines of inBatches(restored, ({ value }) => sizeOf(kind, value))) {
    // Of two lines for one entity the later counts: two changes made on the same revision would be a conflict.
    const batch = Array.from(new Map(lines.map((line) => [line.id, line])).values());
    let outcomes: readonly (Outcome | 'refused')[] = [];
    await notebook.record(() => {
      const claimed = new Set<EntityId>();
      const plans = entities.inOneMoment(() =>
        batch.map((line) => {
          const plan = planRestored(kind, line, (id) => claimed.has(id));
          claimed.add(plan.id);
          return plan.changes.some(isTooLargeChange) ? { outcome: 'refused' as const, changes: [] } : plan;
        }),
      );
      outcomes = plans.map(({ outcome }) => outcome);
      return plans.flatMap(({ changes }) => changes);
    });
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome !== 'refused') report.count(counted, outcome);
      else report.skip(refuse(kind, batch[index]?.id));
    }
  }
}

function refuse(kind: EntityKind, id: EntityId | undefined): SkippedPath {
  return {
    path: `${kind} ${id}`,
    reason: 'too-large',
    message: `The ${kind} is too large for an operation.`,
  };
}

function sizeOf(kind: EntityKind, value: ValueByKind[EntityKind]): number {
  // By the kind it is the value of a note.
  return kind === 'note' ? (value as NoteValue).text.length : 0;
}
