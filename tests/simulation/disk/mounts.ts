import type { FakeDisk } from './fake-disk.ts';

/** A disk as one process sees it. */
export interface Mount {
  readonly disk: FakeDisk;
  /** Resolves when the disk has done what it was asked; never in a process that has ended. */
  wait(): Promise<void>;
}

const mountByName = new Map<string, Mount>();
let mounted = 0;

/** Makes a disk reachable by way of `node:fs/promises`. Returns the path of its root. */
export function mountDisk(mount: Mount): string {
  mounted += 1;
  const name = `m${mounted}`;
  mountByName.set(name, mount);
  return `/simulated/${name}`;
}

export function unmountAll(): void {
  mountByName.clear();
  mounted = 0;
}

export interface PlaceOnDisk {
  readonly mount: Mount;
  /** Names from the root of the disk on. */
  readonly names: readonly string[];
}

export function findPlace(path: string): PlaceOnDisk {
  const [, top, name = '', ...names] = path.split('/');
  const mount = mountByName.get(name);
  if (top !== 'simulated' || mount === undefined) throw new Error(`${path} is on no simulated disk.`);
  return { mount, names };
}
