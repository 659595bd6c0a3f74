import type { EntityId, EntityKind, FileValue, NoteValue, SpaceValue, ValueByKind } from '@dataans/core';
import {
  archivePaths,
  fileLineShape,
  noteLineShape,
  spaceLineShape,
  type ArchiveManifest,
  type FileLine,
} from '../export/archive-format.ts';
import { inBatches } from './batches.ts';
import type { CountedDependencies } from './count-progress.ts';
import { SourceFault, type FolderSource, type SkippedPath } from './folder-source.ts';
import type { Counted, Outcome, ReportBuilder } from './import-report.ts';
import { isTooLargeChange, planChange } from './plan-change.ts';
import { readArchiveLines, type LineShape } from './read-archive.ts';

/** An entity as it was exported. */
interface Restored<Kind extends EntityKind> {
  readonly id: EntityId;
  readonly value: ValueByKind[Kind];
}

/**
 * Brings back what a JSON export holds, under the ids that it had. What is damaged is reported, and
 * everything else goes on. // IMP-9
 */
export async function restoreArchive(
  dependencies: CountedDependencies,
  source: FolderSource,
  manifest: ArchiveManifest,
  report: ReportBuilder,
): Promise<void> {
  const onFault = (fault: SkippedPath): void => report.skip(fault);
  const read = <Shape extends LineShape>(path: string, shape: Shape, expected: number) => {
    dependencies.countFile();
    return readArchiveLines(source, path, shape, expected, onFault);
  };
  const { spaces, files, notes } = archivePaths;
  await recordAll(
    dependencies,
    report,
    'space',
    'spaces',
    toSpaces(read(spaces, spaceLineShape, manifest.spaces)),
  );
  await recordAll(
    dependencies,
    report,
    'file',
    'attachments',
    toFiles(dependencies, source, read(files, fileLineShape, manifest.files), onFault),
  );
  await recordAll(dependencies, report, 'note', 'notes', toNotes(read(notes, noteLineShape, manifest.notes)));
}

async function* toSpaces(
  lines: AsyncIterable<SpaceValue & { readonly id: EntityId }>,
): AsyncGenerator<Restored<'space'>> {
  for await (const { id, name, folder } of lines) yield { id, value: { name, folder } };
}

async function* toNotes(
  lines: AsyncIterable<NoteValue & { readonly id: EntityId }>,
): AsyncGenerator<Restored<'note'>> {
  for await (const { id, space, name, text, files, pinned } of lines)
    yield { id, value: { space, name, text, files, pinned } };
}

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
  { name, bytes }: FileLine,
): Promise<FileValue> {
  countFile();
  const content = await source.openFile(path);
  if (content === null) throw new SourceFault('damaged', `The content of ${name} is missing.`);
  try {
    if (content.bytes !== bytes)
      throw new SourceFault(
        'damaged',
        `It has ${content.bytes} bytes; when it was exported it had ${bytes}.`,
      );
    return { name, ...(await files.seal(countContent(content))) };
  } finally {
    await content.close();
  }
}

async function recordAll<Kind extends EntityKind>(
  { entities, notebook }: CountedDependencies,
  report: ReportBuilder,
  kind: Kind,
  counted: Counted,
  restored: AsyncIterable<Restored<Kind>>,
): Promise<void> {
  for await (const lines of inBatches(restored, ({ value }) => sizeOf(kind, value))) {
    // Of two lines for one entity the later counts: two changes made on the same revision would be a conflict.
    const batch = Array.from(new Map(lines.map((line) => [line.id, line])).values());
    let outcomes: readonly (Outcome | 'refused')[] = [];
    await notebook.record(() => {
      const plans = entities.inOneMoment(() =>
        batch.map(({ id, value }) => {
          const plan = planChange(kind, id, entities.read(kind, id), value);
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
