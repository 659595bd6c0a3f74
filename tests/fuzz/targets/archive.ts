import { concatBytes, DataansError, utf8ToBytes, type EntityId } from '@dataans/core';
import { importFolder } from '../../../packages/client/src/import/import-folder.ts';
import { createNodePrimitives } from '../../../packages/client/src/node/primitives.ts';
import { openMemorySqlite } from '../../../packages/client/src/node/sqlite.ts';
import { numberedUuid } from '../../../packages/client/src/testing/test-store.ts';
import type { FolderSource, SourceContent } from '../../../packages/client/src/import/folder-source.ts';
import { createStore } from '../../../packages/client/src/store/create-store.ts';
import type { Chance } from '../../world/chance.ts';
import { mutateBytes } from '../mutate/bytes.ts';
import { jsonText, mutateJson, type Json } from '../mutate/json.ts';
import type { Target } from '../target.ts';

const stamps = { createdAt: 1, editedAt: 2 };
const [space, note, file] = [1, 2, 3].map((number) => numberedUuid<EntityId>('a0', number));
const counts = { spaces: 1, files: 1, notes: 1 };
/** Files of an export of one note with one file. */
const archive: Readonly<Record<string, Json>> = {
  'dataans-export.json': { format: 'dataans-export', version: 1, ...counts },
  'spaces.jsonl': { id: space ?? '', name: 'Inbox', folder: null, ...stamps },
  'files.jsonl': { id: file ?? '', name: 'a.png', bytes: 3, ...stamps },
  'notes.jsonl': {
    id: note ?? '',
    space: space ?? '',
    name: '',
    text: 'text',
    files: [file ?? ''],
    pinned: false,
    conflict: false,
    ...stamps,
  },
};
/** Stands between the files of an archive in an input. */
const border = utf8ToBytes('\0\n');

/** A JSON export that somebody changed: it is imported as far as it can be, or refused. // IMP-9 */
export const archiveTarget: Target = {
  name: 'archive',
  share: 0.03,
  make: (chance) => {
    const files = Object.values(archive).map((content) => concatBytes(makeLine(content, chance), border));
    return concatBytes(...files);
  },
  read: async (input) => {
    const contents = splitFiles(input);
    const store = createStore({
      database: openMemorySqlite(),
      randomBytes: (length) => new Uint8Array(length),
    });
    let recorded = 0;
    try {
      await importFolder(
        {
          entities: store.entities,
          notebook: {
            record: async (plan) => {
              recorded += plan().length;
              return { operations: [] };
            },
          },
          files: { seal: async () => ({ bytes: 3, chunks: '' }) },
          primitives: createNodePrimitives(),
        },
        sourceOf(contents),
      );
    } catch (error) {
      if (!(error instanceof DataansError)) throw error;
    } finally {
      store.close();
    }
    if (recorded > 3) throw new Error(`${recorded} things came out of an archive of three.`);
  },
};

function makeLine(content: Json, chance: Chance): Uint8Array {
  const line = utf8ToBytes(jsonText(chance.happens(0.4) ? mutateJson(content, chance) : content, chance));
  return chance.happens(0.05) ? mutateBytes(line, chance) : line;
}

function splitFiles(input: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let rest = Buffer.from(input);
  for (const path of Object.keys(archive)) {
    const end = rest.indexOf(border);
    files.set(path, rest.subarray(0, end < 0 ? rest.length : end));
    rest = end < 0 ? Buffer.alloc(0) : rest.subarray(end + border.length);
  }
  return files.set(`files/${file}`, new Uint8Array(3));
}

function sourceOf(contents: ReadonlyMap<string, Uint8Array>): FolderSource {
  return {
    name: 'archive',
    folders: async function* () {
      yield { path: '', files: [], skipped: [] };
    },
    openFile: async (path): Promise<SourceContent | null> => {
      const bytes = contents.get(path);
      if (bytes === undefined) return null;
      const pieces = async function* () {
        yield bytes;
      };
      return { bytes: bytes.length, pieces, close: async () => undefined };
    },
  };
}
