import { DataansError, type FileValue } from '@dataans/core';
import type { ChunkFetcher, Files } from '../files/files.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import { planArchive } from './export-archive.ts';
import { planMarkdown } from './export-markdown.ts';
import type { ArchiveProof } from './archive-proof.ts';
import type { ExportedEntities } from './exported-entities.ts';
import type { FolderTarget } from './folder-target.ts';
import type { PlannedFile } from './planned-file.ts';

export interface ExportDependencies {
  readonly entities: ExportedEntities;
  readonly files: Pick<Files, 'open' | 'isHeld'>;
  /** Only a JSON export says whose it is. */
  readonly proof: Pick<ArchiveProof, 'make'>;
}

/** `markdown`: files and folders for people and programs; `json`: everything, to be imported again. */
export type ExportFormat = 'markdown' | 'json';

export interface ExportProgress {
  /** Files of the export that were written, and how many there will be. */
  readonly done: number;
  readonly total: number;
}

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Gets content that this device does not hold. Without it such content is an error. */
  readonly fetchChunk?: ChunkFetcher;
  readonly onProgress?: (progress: ExportProgress) => void;
  /** Stops the export with its reason; nothing of it stays. */
  readonly signal?: AbortSignal;
}

/** What an export wrote. */
export interface ExportReport {
  readonly spaces: number;
  readonly notes: number;
  readonly files: number;
  /** How many of them have another name than they should, since the target did not take that. // EXP-8 */
  readonly renamed: number;
  /** Unfinished exports to the same place that were found beside it; see `FolderTarget`. */
  readonly leftovers: readonly string[];
}

const writesAtOnce = 8;

/**
 * Writes everything that lives into an empty folder: all of it, or nothing. // EXP-6
 *
 * @throws DataansError `not-found` where content is not on this device and not fetched, `integrity`
 *   where it is damaged, `storage-full`, `storage-unusable`
 */
export async function exportFolder(
  dependencies: ExportDependencies,
  target: FolderTarget,
  options: ExportOptions,
): Promise<ExportReport> {
  try {
    const openFile = (file: FileValue): AsyncIterable<Uint8Array> => openContent(dependencies, file, options);
    const { entities, proof } = dependencies;
    const planned = entities.inOneMoment(() =>
      options.format === 'json'
        ? planArchive(entities, openFile, proof)
        : planMarkdown(entities, openFile, target.rules),
    );
    if (options.fetchChunk === undefined) await checkHeld(dependencies, planned);
    await writeAll(target, planned, options);
    const report = { ...entities.count(), renamed: target.renamed(), leftovers: target.leftovers };
    await target.finish();
    return report;
  } catch (error) {
    await target.discard();
    throw error;
  }
}

function openContent(
  { files }: ExportDependencies,
  file: FileValue,
  { fetchChunk }: ExportOptions,
): AsyncIterable<Uint8Array> {
  return files.open(file, fetchChunk === undefined ? {} : { fetchChunk: nameInFaults(fetchChunk, file) });
}

/** The fetcher, with faults that say whose content was to be fetched. */
function nameInFaults(fetchChunk: ChunkFetcher, { name }: FileValue): ChunkFetcher {
  return async (chunk) => {
    const sealed = await fetchChunk(chunk).catch((error: unknown) => {
      if (!(error instanceof DataansError)) throw error;
      const { code, message, advice } = error;
      const what = `“${name}” isn't on this device and couldn't be downloaded.`;
      throw new DataansError(code, `${what} ${message}`, { advice, cause: error });
    });
    if (sealed !== null) return sealed;
    throw new DataansError('not-found', `“${name}” isn't on this device or on the server yet.`, {
      advice: 'Sync the device that has it, then export again. Nothing was written.',
    });
  };
}

/** Before anything is written: what is missing is named in one go. */
async function checkHeld({ files }: ExportDependencies, planned: readonly PlannedFile[]): Promise<void> {
  const missing: string[] = [];
  for (const { file } of planned) if (file !== null && !(await files.isHeld(file))) missing.push(file.name);
  const [first] = missing;
  if (first === undefined) return;
  const sentence =
    missing.length === 1
      ? `“${first}” isn't on this device yet.`
      : `“${first}” and ${missing.length - 1} more aren't on this device yet.`;
  throw new DataansError('not-found', sentence, {
    advice: 'Sync this device, then export again. Nothing was written.',
  });
}

/** The last one when all others are written: it may say what they are. */
async function writeAll(
  target: FolderTarget,
  planned: readonly PlannedFile[],
  { onProgress, signal }: ExportOptions,
): Promise<void> {
  let done = 0;
  const write = async ({ path, pieces }: PlannedFile): Promise<void> => {
    signal?.throwIfAborted();
    await target.write(path, pieces());
    done += 1;
    onProgress?.({ done, total: planned.length });
  };
  await runParallel(planned.slice(0, -1), writesAtOnce, write);
  for (const last of planned.slice(-1)) await write(last);
}
