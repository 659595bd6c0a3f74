import { isDataKeyId, isUuid, limits, type DataKeyId, type EntityId } from '@dataans/core';
import * as v from 'valibot';

/**
 * A JSON export is a folder: a manifest, one file of JSON lines for each kind of entity, and the
 * contents of files as they are, named by the ids of their entities. // EXP-7
 */
export const archivePaths = {
  manifest: 'dataans-export.json',
  spaces: 'spaces.jsonl',
  files: 'files.jsonl',
  notes: 'notes.jsonl',
  contents: 'files',
} as const;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(
  v.string(),
  v.check((value) => value.isWellFormed(), 'is not Unicode'),
);
const entityId = v.custom<EntityId>(isUuid, 'is not a lower-case UUID');
const stamps = { createdAt: count, editedAt: count };

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const manifestShape = v.object({
  format: v.literal('dataans-export'),
  version: count,
  spaces: count,
  files: count,
  notes: count,
  /** SHA-256 of each file of lines. */
  hashes: v.exactOptional(v.object({ spaces: hash, files: hash, notes: hash })),
  /** HMAC of the rest under a key that only devices of the account have. // EXP-9 */
  proof: v.exactOptional(v.object({ key: v.custom<DataKeyId>(isDataKeyId), mac: hash })),
});

/** Members of a value that the program did not know which wrote the line. */
const more = v.optional(v.custom<object>((value) => typeof value === 'object' && value !== null));

export const spaceLineShape = v.looseObject({
  id: entityId,
  name: text,
  folder: v.nullable(text),
  more,
  ...stamps,
});

export const fileLineShape = v.looseObject({
  id: entityId,
  name: text,
  bytes: v.pipe(count, v.maxValue(limits.fileBytesMax)),
  more,
  ...stamps,
});

export const noteLineShape = v.looseObject({
  id: entityId,
  space: entityId,
  name: text,
  text,
  files: v.pipe(v.array(entityId), v.maxLength(limits.noteFilesMax)),
  pinned: v.boolean(),
  /** Both sides of a conflict stand in the text. */
  conflict: v.boolean(),
  more,
  ...stamps,
});

export const archiveVersion = 1;

export type ArchiveManifest = v.InferOutput<typeof manifestShape>;
export type SpaceLine = v.InferOutput<typeof spaceLineShape>;
export type FileLine = v.InferOutput<typeof fileLineShape>;
export type NoteLine = v.InferOutput<typeof noteLineShape>;
