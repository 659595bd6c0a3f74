import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { EntityId } from '@dataans/core';
import type { ImportReport } from '../import/import-report.ts';
import type { Entity } from '../store/entities.ts';
import { makeFolder, writeTree, type TestNotes, type Tree } from './test-notes.ts';

/** A folder to import, called `notes`. */
export async function makeTree(t: TestContext, tree: Tree): Promise<string> {
  const folder = join(await makeFolder(t), 'notes');
  await writeTree(folder, tree);
  return folder;
}

/** `added/changed/unchanged` of spaces, notes and attachments. */
export function counts({ spaces, notes, attachments }: ImportReport): string {
  return [spaces, notes, attachments]
    .map(({ added, changed, unchanged }) => `${added}/${changed}/${unchanged}`)
    .join(' ');
}

export function findNote({ entities }: TestNotes, name: string): Entity<'note'> {
  const note = Array.from(entities.notes()).find(({ value }) => value.name === name);
  if (note === undefined) throw new TypeError(`There is no note ${name}.`);
  return note;
}

export function findSpace({ entities }: TestNotes, name: string): EntityId {
  const found = entities.spaces().find(({ space }) => space.value.name === name);
  if (found === undefined) throw new TypeError(`There is no space ${name}.`);
  return found.space.id;
}

export function names({ entities }: TestNotes): readonly string[] {
  return Array.from(entities.notes(), ({ value }) => value.name).toSorted();
}

/** `edited/deleted` of notes and attachments. */
export function kept({ notes, attachments }: ImportReport): string {
  return [notes, attachments].map(({ edited, deleted }) => `${edited}/${deleted}`).join(' ');
}

/** Imports what must record nothing. */
export async function importNothing(notes: TestNotes, folder: string): Promise<ImportReport> {
  const { n } = notes.store.log.writer();
  const report = await notes.importFrom(folder);
  assert.equal(notes.store.log.writer().n, n);
  return report;
}
