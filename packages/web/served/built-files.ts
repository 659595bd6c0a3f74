import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import sea from 'node:sea';

/** Files of the app by their paths below `/app/`, wherever they are kept. */
export interface BuiltFiles {
  names(): readonly string[];
  /** `null` if there is no such file. */
  read(name: string): Uint8Array | null;
}

/** Where `npm run build` puts the app, and where it is in a package of a program: beside what reads it. */
const folder = join(import.meta.dirname, '../dist');
/** How they are called inside a program of one file. */
const prefix = 'dist/';

/** Those that come with this program. */
export function builtFiles(): BuiltFiles {
  return sea.isSea() ? filesOfProgram : filesOfFolder(folder);
}

const filesOfProgram: BuiltFiles = {
  names: () =>
    sea
      .getAssetKeys()
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length)),
  read: (name) => {
    const key = prefix + name;
    return sea.getAssetKeys().includes(key) ? new Uint8Array(sea.getRawAsset(key)) : null;
  },
};

export function filesOfFolder(root: string): BuiltFiles {
  return {
    names: () =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        .map((path) => path.split(sep).join('/')),
    read: (name) => readOrNull(join(root, name)),
  };
}

function readOrNull(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
