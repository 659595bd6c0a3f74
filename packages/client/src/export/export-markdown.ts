import { utf8ToBytes, type EntityId, type FileValue } from '@dataans/core';
import type { ExportedEntities } from './exported-entities.ts';
import type { PathRules } from '../folder-format/path-rules.ts';
import { planPaths } from './plan-paths.ts';
import type { PlannedFile } from './planned-file.ts';

/** Every note and file at its path. Texts are read when they are written. // EXP-1, EXP-2 */
export function planMarkdown(
  entities: ExportedEntities,
  openFile: (file: FileValue) => AsyncIterable<Uint8Array>,
  rules: PathRules,
): readonly PlannedFile[] {
  return planPaths(entities, rules).map(({ path, content }) =>
    content.kind === 'note'
      ? { path, file: null, pieces: () => readText(entities, content.note) }
      : { path, file: content.file, pieces: () => openFile(content.file) },
  );
}

function readText(entities: ExportedEntities, note: EntityId): readonly Uint8Array[] {
  const text = entities.read('note', note)?.value.text ?? '';
  return [utf8ToBytes(text)];
}
