import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** A program that people install. */
export interface Program {
  /** As it is called, and as its package is named. */
  readonly name: 'dataans' | 'dataans-server';
  /** Folder below `packages`. */
  readonly room: 'cli' | 'server';
  readonly description: string;
  /** Folders with files that it reads when it runs, by their path in its package. */
  readonly reads: Readonly<Record<string, string>>;
}

const app = { dist: 'packages/web/dist' };

export const dataans: Program = {
  name: 'dataans',
  room: 'cli',
  description: 'Notes and files on all your devices, encrypted before they leave one: the command',
  reads: { ...app, completion: 'packages/cli/src/completion' },
};

export const dataansServer: Program = {
  name: 'dataans-server',
  room: 'server',
  description: 'A small server that keeps your notes and files and can read none of them',
  reads: app,
};

/** Paths of the files that a program reads, by their path in its package, which is also their name inside a program of one file. */
export function readFilesOf({ reads }: Program): ReadonlyMap<string, string> {
  const files = Object.entries(reads).flatMap(([name, folder]) =>
    filesBelow(join(root, folder)).map(
      (path) => [`${name}/${relative(join(root, folder), path).split(sep).join('/')}`, path] as const,
    ),
  );
  return new Map(files.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
