import { bytesToJson, concatBytes, DataansError, limits, textToJson } from '@dataans/core';
import * as v from 'valibot';
import {
  archivePaths,
  archiveVersion,
  manifestShape,
  type ArchiveManifest,
  type fileLineShape,
  type noteLineShape,
  type spaceLineShape,
} from '../folder-format/archive-format.ts';
import { SourceFault, type FolderSource, type SkippedPath, type SourceContent } from './folder-source.ts';
import { readLines, type Line } from './read-lines.ts';

const manifestBytesMax = 65_536;

/**
 * What the manifest of a JSON export says; `null` where the folder is none.
 *
 * @throws DataansError `invalid` where the export is of a newer version, or its manifest is damaged
 */
export async function readManifest(source: FolderSource): Promise<ArchiveManifest | null> {
  const content = await source.openFile(archivePaths.manifest);
  if (content === null) return null;
  const document = await readSmallJson(content);
  if (document === undefined)
    throw new DataansError('invalid', `${archivePaths.manifest} in ${source.name} is damaged.`, {
      advice: 'Use another copy of the export, or remove that file to import the folder as it is.',
    });
  const head = v.safeParse(v.pick(manifestShape, ['format', 'version']), document);
  if (!head.success) return null;
  const manifest = v.safeParse(manifestShape, document);
  if (head.output.version === archiveVersion && manifest.success) return manifest.output;
  throw new DataansError(
    'invalid',
    `The export in ${source.name} comes from a version this Dataans doesn't know.`,
    {
      advice: 'Update Dataans, then import again.',
    },
  );
}

export type LineShape = typeof spaceLineShape | typeof fileLineShape | typeof noteLineShape;

/** An operation holds at most so much; JSON can be written six times as long, and stamps are added. */
const lineBytesMax = 6 * limits.operationBytesMax + 1_024;

/** A file with more of them is something else. // IMP-10 */
const faultsMax = 1_000;
const tooManyFaults = `More than ${faultsMax} of its lines are damaged. The rest was not read.`;

/**
 * The lines of one file of a JSON export that are what they must be; for each other one, and for lines
 * that are missing, one fault. // IMP-9
 *
 * @param expected how many the manifest says there are
 */
export async function* readArchiveLines<Shape extends LineShape>(
  source: FolderSource,
  path: string,
  shape: Shape,
  expected: number,
  onFault: (fault: SkippedPath) => void,
): AsyncGenerator<v.InferOutput<Shape>> {
  let found = 0;
  let faults = 0;
  try {
    const content = await source.openFile(path);
    if (content === null) throw new SourceFault('damaged', 'It is missing.');
    try {
      for await (const line of readLines(content, lineBytesMax)) {
        found += 1;
        if (faults > faultsMax) throw new SourceFault('damaged', tooManyFaults);
        const parsed = v.safeParse(shape, line.text === null ? undefined : textToJson(line.text));
        if (parsed.success) yield parsed.output;
        else {
          faults += 1;
          onFault(lineFault(path, line, parsed.issues));
        }
      }
    } finally {
      await content.close();
    }
    if (found !== expected) throw new SourceFault('damaged', `It has ${found} lines instead of ${expected}.`);
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    onFault({ path, reason: error.reason, message: error.message });
  }
}

function lineFault(path: string, line: Line, issues: readonly v.BaseIssue<unknown>[]): SkippedPath {
  const field = issues[0]?.path?.map(({ key }) => String(key)).join('.');
  const what = field === undefined ? 'it is no JSON object' : `its member ${field} is wrong`;
  return {
    path,
    reason: 'damaged',
    message: `Line ${line.number} is damaged: ${what}.`,
  };
}

/** `undefined` where it is none. */
async function readSmallJson(content: SourceContent): Promise<unknown> {
  try {
    if (content.bytes > manifestBytesMax) return undefined;
    return bytesToJson(concatBytes(...(await Array.fromAsync(content.pieces()))));
  } finally {
    await content.close();
  }
}
