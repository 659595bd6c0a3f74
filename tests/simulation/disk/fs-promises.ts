/**
 * What the product uses of `node:fs/promises`, on simulated disks: it stands in its place while a
 * simulation runs. Each call takes effect in one event of the scheduler.
 */
import { createFolder, type FakeFile, type FakeFolder, type FakeNode } from './fake-disk.ts';
import { findPlace, type PlaceOnDisk } from './mounts.ts';

interface Found extends PlaceOnDisk {
  readonly path: string;
  readonly folder: FakeFolder;
  readonly name: string;
  readonly node: FakeNode | undefined;
}

export async function mkdir(path: string, options: { readonly recursive?: boolean } = {}): Promise<void> {
  await reach(path);
  makeFolders(path, options.recursive === true);
}

/** At once: for `node:fs`. */
export function makeFolders(path: string, recursive: boolean): void {
  const { mount, names } = findPlace(path);
  let folder = mount.disk.root;
  for (const [index, name] of names.entries()) {
    const node = folder.entries.get(name);
    const isLast = index === names.length - 1;
    if (node?.kind === 'file' || (node !== undefined && isLast && !recursive)) throw fault('EEXIST', path);
    if (node === undefined && !isLast && !recursive) throw fault('ENOENT', path);
    const next = node ?? createFolder();
    if (node === undefined) folder.entries.set(name, next);
    folder = next;
  }
}

export async function readdir(path: string): Promise<string[]> {
  await reach(path);
  return [...folderAt(path).entries.keys()].toSorted();
}

export async function* opendir(path: string): AsyncGenerator<FakeDirent> {
  for (const name of await readdir(path)) {
    const node = folderAt(path).entries.get(name);
    if (node !== undefined) yield { name, isDirectory: () => node.kind === 'folder' };
  }
}

interface FakeDirent {
  readonly name: string;
  isDirectory(): boolean;
}

export async function stat(path: string): Promise<FakeStats> {
  await reach(path);
  return statsOf(existing(path));
}

interface FakeStats {
  readonly size: number;
  /** Never old: nothing here is left over from another day. */
  readonly mtimeMs: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

export async function rename(from: string, to: string): Promise<void> {
  await reach(from);
  const node = existing(from);
  const [source, target] = [find(from), find(to)];
  if (source.mount !== target.mount) throw fault('EXDEV', to);
  source.folder.entries.delete(source.name);
  target.folder.entries.set(target.name, node);
}

export async function rm(
  path: string,
  options: { readonly force?: boolean; readonly recursive?: boolean } = {},
): Promise<void> {
  await reach(path);
  const { folder, name, node } = find(path);
  if (node === undefined && options.force !== true) throw fault('ENOENT', path);
  if (node?.kind === 'folder' && options.recursive !== true) throw fault('EISDIR', path);
  folder.entries.delete(name);
}

export async function readFile(path: string): Promise<Uint8Array> {
  await reach(path);
  return fileAt(path).content.slice();
}

export async function writeFile(
  path: string,
  content: Uint8Array,
  options: { readonly flag?: string } = {},
): Promise<void> {
  const file = await open(path, options.flag ?? 'w');
  await file.writeFile(content);
  await file.close();
}

export async function open(path: string, flags = 'r'): Promise<FakeHandle> {
  const { mount } = await reach(path);
  const { folder, name, node } = find(path);
  if (flags === 'wx' && node !== undefined) throw fault('EEXIST', path);
  if (flags.startsWith('w')) {
    if (node?.kind === 'folder') throw fault('EISDIR', path);
    if (mount.disk.isFull) throw fault('ENOSPC', path);
    const made: FakeFile = node ?? { kind: 'file', content: new Uint8Array(), synced: new Uint8Array() };
    made.content = new Uint8Array();
    folder.entries.set(name, made);
  }
  return createHandle(path, flags.startsWith('w') ? fileAt(path) : existing(path));
}

interface FakeHandle {
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number; readonly buffer: Uint8Array }>;
  writev(pieces: readonly Uint8Array[]): Promise<{ readonly bytesWritten: number }>;
  writeFile(content: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  datasync(): Promise<void>;
  stat(): Promise<FakeStats>;
  close(): Promise<void>;
}

function createHandle(path: string, node: FakeNode): FakeHandle {
  const opened = (): FakeFile => {
    if (node.kind === 'folder') throw fault('EISDIR', path);
    return node;
  };
  const append = async (pieces: readonly Uint8Array[]): Promise<number> => {
    const { mount } = await reach(path);
    if (mount.disk.isFull) throw fault('ENOSPC', path);
    const file = opened();
    const before = file.content.length;
    file.content = new Uint8Array(Buffer.concat([file.content, ...pieces]));
    return file.content.length - before;
  };
  const sync = async (): Promise<void> => {
    await reach(path);
    if (node.kind === 'file') node.synced = node.content;
    else node.synced = new Map(node.entries);
  };
  return {
    read: async (buffer, offset, length, position) => {
      await reach(path);
      const read = opened().content.subarray(position, position + length);
      buffer.set(read, offset);
      return { bytesRead: read.length, buffer };
    },
    writev: async (pieces) => ({ bytesWritten: await append(pieces) }),
    writeFile: async (content) => {
      await append([content]);
    },
    sync,
    datasync: sync,
    stat: async () => {
      await reach(path);
      return statsOf(node);
    },
    close: async () => {
      await reach(path);
    },
  };
}

async function reach(path: string): Promise<PlaceOnDisk> {
  const place = findPlace(path);
  await place.mount.wait();
  return place;
}

function find(path: string): Found {
  const place = findPlace(path);
  let folder = place.mount.disk.root;
  const name = place.names.at(-1) ?? '';
  for (const above of place.names.slice(0, -1)) {
    const node = folder.entries.get(above);
    if (node?.kind !== 'folder') throw fault('ENOENT', path);
    folder = node;
  }
  return { ...place, path, folder, name, node: folder.entries.get(name) };
}

function existing(path: string): FakeNode {
  const { mount, names, node } = find(path);
  if (names.length === 0) return mount.disk.root;
  if (node === undefined) throw fault('ENOENT', path);
  return node;
}

function folderAt(path: string): FakeFolder {
  const node = existing(path);
  if (node.kind !== 'folder') throw fault('ENOTDIR', path);
  return node;
}

function fileAt(path: string): FakeFile {
  const node = existing(path);
  if (node.kind !== 'file') throw fault('EISDIR', path);
  return node;
}

function statsOf(node: FakeNode): FakeStats {
  return {
    size: node.kind === 'file' ? node.content.length : 0,
    mtimeMs: Infinity,
    isFile: () => node.kind === 'file',
    isDirectory: () => node.kind === 'folder',
  };
}

function fault(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

/** What is there; `null` where nothing is. At once: for `node:fs`. */
export function findNode(path: string): FakeNode | null {
  try {
    return existing(path);
  } catch {
    return null;
  }
}
