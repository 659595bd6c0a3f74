import { DataansError, type EntityId } from '@dataans/core';
import { inBatches } from '../notebook/batches.ts';
import {
  countProgress,
  type CountedDependencies,
  type ImportDependencies,
  type ImportOptions,
} from './count-progress.ts';
import { findRoot } from './find-root.ts';
import { SourceFault, type FolderSource, type SkippedPath, type SourceFile } from './folder-source.ts';
import { createReportBuilder, type ImportReport, type ReportBuilder } from './import-report.ts';
import { isOwnArchive } from './is-own-archive.ts';
import { mapInOrder } from './map-in-order.ts';
import { emptyPlan, planImport, type ImportPlan } from './plan-import.ts';
import { readManifest } from './read-archive.ts';
import { readEntry, type ReadEntry } from './read-entry.ts';
import { restoreArchive } from './restore-archive.ts';
import { sealInTurn } from './seal-in-turn.ts';

const readsAtOnce = 4;

/**
 * Records what a folder holds: as spaces, notes and files, or, where it is a JSON export, as what was
 * exported. Running it again records nothing that has not changed. // IMP-1, IMP-4, IMP-9
 *
 * @throws DataansError `invalid` where there is nothing to import, or the export is not one of ours to read
 */
export async function importFolder(
  dependencies: ImportDependencies,
  source: FolderSource,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const manifest = await readManifest(source);
  const isOwn = manifest !== null && (await isOwnArchive(source, manifest, dependencies.proof));
  const report = createReportBuilder(manifest === null ? 'folder' : isOwn ? 'own-export' : 'other-export');
  const files = sealInTurn(dependencies.files);
  const counting = countProgress({ ...dependencies, files }, options);
  if (manifest === null) await importFiles(counting, source, report);
  else await restoreArchive(counting, source, { manifest, isOwn }, report);
  if (report.isEmpty()) {
    throw new DataansError('invalid', `There is nothing to import in ${source.name}. It has no files.`);
  }
  return report.build();
}

async function importFiles(
  dependencies: CountedDependencies,
  source: FolderSource,
  report: ReportBuilder,
): Promise<void> {
  const root = await findRoot(dependencies, source);
  report.setCopy(root.copy);
  const claimed = new Set<EntityId>();
  const read = readFiles(dependencies, source, report);
  for await (const batch of inBatches(read, ({ entry }) => entrySize(entry))) {
    const namesByFolder = new Map(batch.map(({ entry, names }) => [entry.folder, names]));
    const entries = batch.map(({ entry }) => entry);
    const plan = await recordPlan(dependencies, () =>
      planImport(dependencies.entities, dependencies.primitives, {
        root,
        entries,
        namesByFolder,
        claimed,
      }),
    );
    for (const id of plan.claimed) claimed.add(id);
    for (const [what, outcome] of plan.outcomes) report.count(what, outcome);
    for (const path of plan.skipped) report.skip(path);
  }
}

/** The plan that was recorded in the end: it is made anew when another process wrote first. */
async function recordPlan(
  { entities, notebook }: Pick<ImportDependencies, 'entities' | 'notebook'>,
  makePlan: () => ImportPlan,
): Promise<ImportPlan> {
  let plan = emptyPlan;
  await notebook.record(() => {
    plan = entities.inOneMoment(makePlan);
    return plan.changes;
  });
  return plan;
}

interface NamedEntry {
  readonly entry: ReadEntry;
  /** Names of all files of its folder. */
  readonly names: ReadonlySet<string>;
}

async function* readFiles(
  dependencies: CountedDependencies,
  source: FolderSource,
  report: ReportBuilder,
): AsyncGenerator<NamedEntry> {
  for await (const { path, files, skipped } of source.folders()) {
    for (const each of skipped) report.skip(each);
    const names = new Set(files.map(({ name }) => name.normalize('NFC')));
    const read = mapInOrder(files, readsAtOnce, (file) => tryReading(dependencies, path, file));
    for await (const result of read) {
      if ('reason' in result) report.skip(result);
      else yield { entry: result, names };
    }
  }
}

async function tryReading(
  { countFile, countContent, ...sealer }: CountedDependencies,
  folder: string,
  file: SourceFile,
): Promise<ReadEntry | SkippedPath> {
  try {
    countFile();
    const counted = { name: file.name, open: async () => countContent(await file.open()) };
    return await readEntry(folder, counted, sealer);
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    const path = folder === '' ? file.name : `${folder}/${file.name}`;
    return { path, reason: error.reason, message: error.message };
  }
}

function entrySize({ content }: ReadEntry): number {
  return content.kind === 'text' ? content.text.length : content.sealed.chunks.length;
}
