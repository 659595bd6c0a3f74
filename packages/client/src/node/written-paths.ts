import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { splitName } from '../export/safe-name.ts';
import { faultCode } from './file-faults.ts';
import { namingCodes } from './probe-path-rules.ts';

/** Makes what an export writes. A name that the file system does not take after all gets a plain one. // EXP-8 */
export interface WrittenPaths {
  /** A new file with the folders above it. */
  open(path: readonly string[]): Promise<FileHandle>;
  /** Every file and folder that was made. */
  readonly files: readonly string[];
  folders(): Iterable<string>;
  /** How many names had to be others. */
  renamed(): number;
}

/** Many that one plain name fits are told apart by numbers; past this something else is wrong. */
const numberMax = 10_000;

export function createWrittenPaths(root: string): WrittenPaths {
  const folders = new Map<string, Promise<string>>([['', Promise.resolve(root)]]);
  const made = new Set([root]);
  const files: string[] = [];
  let renamed = 0;

  const makeNamed = async <Made>(
    folder: string,
    name: string,
    make: (path: string) => Promise<Made>,
  ): Promise<readonly [path: string, made: Made]> => {
    const wanted = join(folder, name);
    try {
      return [wanted, await make(wanted)];
    } catch (error) {
      if (!namingCodes.has(faultCode(error) ?? '')) throw error;
    }
    for (let number = 1; ; number += 1) {
      const path = join(folder, plainName(name, number));
      try {
        const result = await make(path);
        renamed += 1;
        return [path, result];
      } catch (error) {
        if (faultCode(error) !== 'EEXIST' || number === numberMax) throw error;
      }
    }
  };

  const makeFolder = (path: readonly string[]): Promise<string> => {
    const key = path.join('/');
    const known = folders.get(key);
    if (known !== undefined) return known;
    const making = makeFolder(path.slice(0, -1)).then(async (above) => {
      const [folder] = await makeNamed(above, path.at(-1) ?? '', (one) => mkdir(one));
      made.add(folder);
      return folder;
    });
    folders.set(key, making);
    return making;
  };

  return {
    files,
    folders: () => made,
    renamed: () => renamed,
    open: async (path) => {
      const folder = await makeFolder(path.slice(0, -1));
      const [file, handle] = await makeNamed(folder, path.at(-1) ?? '', (one) => open(one, 'wx', 0o666));
      files.push(file);
      return handle;
    },
  };
}

const plainCharactersMax = 60;

/** Letters, digits, `-` and `_` of ASCII and one dot: what every file system takes. */
function plainName(name: string, number: number): string {
  const { stem, extension } = splitName(name);
  const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9_-]+/g, '_');
  const end = extension === '' ? '' : `.${plain(extension.slice(1))}`;
  const numbered = number === 1 ? '' : `-${number}`;
  return `_${plain(stem).slice(0, plainCharactersMax)}${numbered}${end}`;
}
