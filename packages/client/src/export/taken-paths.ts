import type { PathRules } from '../folder-format/path-rules.ts';
import { numberName } from './safe-name.ts';

/** The paths of an export, so that no two of them are one for the file system that it goes to. */
export interface TakenPaths {
  /** Makes a folder, with those above it; may be taken as a folder already. */
  takeFolder(folder: readonly string[]): void;
  /** Takes the name in the folder if nothing there has it. */
  tryName(folder: readonly string[], name: string): boolean;
  /** The name in the folder, or the first of `name (2)`, `name (3)` … that nothing there has. // EXP-5 */
  takeName(folder: readonly string[], name: string): string;
}

export function createTakenPaths(rules: PathRules): TakenPaths {
  const taken = new Set<string>();
  /** The next number to try for a name, so that thousands of one name do not ask for each other. */
  const nextNumber = new Map<string, number>();
  return {
    takeFolder(folder) {
      for (let depth = 1; depth <= folder.length; depth += 1)
        taken.add(pathKey(folder.slice(0, depth), rules));
    },
    tryName(folder, name) {
      const key = pathKey([...folder, name], rules);
      if (taken.has(key)) return false;
      taken.add(key);
      return true;
    },
    takeName(folder, name) {
      const wanted = pathKey([...folder, name], rules);
      let candidate = name;
      let key = wanted;
      for (let number = nextNumber.get(wanted) ?? 2; taken.has(key); number += 1) {
        candidate = numberName(name, number);
        key = pathKey([...folder, candidate], rules);
        nextNumber.set(wanted, number + 1);
      }
      taken.add(key);
      return candidate;
    },
  };
}

/** Equal for what the target's file system takes for one path. */
function pathKey(path: readonly string[], rules: PathRules): string {
  let key = path.join('/');
  if (rules.foldsCase) key = key.toUpperCase().toLowerCase();
  return rules.foldsNormalization ? key.normalize('NFD') : key;
}
