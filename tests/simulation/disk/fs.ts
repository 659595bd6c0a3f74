/** What the product uses of `node:fs` on simulated disks, beside `fs-promises.ts`: it does not wait. */
import { findNode, makeFolders } from './fs-promises.ts';

export function mkdirSync(path: string): void {
  makeFolders(path, false);
}

/** Only ever asked with `throwIfNoEntry: false`. */
export function statSync(path: string): { isDirectory(): boolean } | undefined {
  const node = findNode(path);
  return node === null ? undefined : { isDirectory: () => node.kind === 'folder' };
}
