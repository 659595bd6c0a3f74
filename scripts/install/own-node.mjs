import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';

/**
 * The Node that the machine itself has: the one that runs this, or else the first on the path, that is not below
 * this folder; undefined if there is none. npm puts the packaged one first, wherever that is installed.
 *
 * @param {string} root the folder of Dataans
 * @param {string} running the Node that runs this
 * @param {string} path the search path
 * @returns {string | undefined}
 */
export function findOwnNode(root, running, path) {
  const below = join(realpathSync(root), 'node_modules') + sep;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return [running, ...path.split(delimiter).map((folder) => join(folder, file))].find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return !realpathSync(candidate).startsWith(below);
    } catch {
      return false;
    }
  });
}
