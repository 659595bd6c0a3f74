import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chance } from '../world/chance.ts';
import type { World } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';
import type { ExpectedNotes, Intent } from './expected-notes.ts';
import { fileContent, fileName, noteText, type ShownNotes } from './shown-notes.ts';

/** A command, and what it changes where it is done. */
export interface Action {
  readonly args: readonly string[];
  readonly intent: Intent | null;
}

export interface ActionContext {
  readonly world: World;
  readonly chance: Chance;
  readonly expected: ExpectedNotes;
  readonly shown: ShownNotes;
  /** Keys of notes that another command of this round changes. */
  readonly taken: Set<string>;
}

/** What a person does next on a device that has a space called Inbox. */
export async function planAction(context: ActionContext): Promise<Action> {
  const plan = context.chance.pick([add, addFile, edit, remove, importFolder, exportAll, syncNow, syncNow]);
  return plan(context);
}

export const sync: Action = { args: ['sync'], intent: null };

export const watch: Action = { args: ['sync', '--watch'], intent: null };

const syncNow = async (): Promise<Action> => sync;

async function add({ expected }: ActionContext): Promise<Action> {
  const key = expected.newKey();
  const args = ['note', 'add', noteText(key, 0), '--space', 'Inbox'];
  return { args, intent: expected.intend([key], 0) };
}

async function addFile({ world, expected }: ActionContext): Promise<Action> {
  const key = expected.newKey();
  const path = join(world.folder, fileName(key));
  await writeFile(path, fileContent(key));
  const args = ['note', 'add', noteText(key, 0), '--space', 'Inbox', '--file', path];
  return { args, intent: expected.intend([key], 0) };
}

async function edit(context: ActionContext): Promise<Action> {
  const [key, next] = takeNote(context) ?? [];
  if (key === undefined || next === undefined) return add(context);
  const args = ['note', 'edit', context.shown.ids.get(key) ?? '', noteText(key, next)];
  return { args, intent: context.expected.intend([key], next) };
}

async function remove(context: ActionContext): Promise<Action> {
  const [key] = takeNote(context) ?? [];
  if (key === undefined) return add(context);
  const args = ['note', 'remove', context.shown.ids.get(key) ?? ''];
  return { args, intent: context.expected.intend([key], 'none') };
}

async function importFolder({ world, chance, expected }: ActionContext): Promise<Action> {
  const keys = Array.from({ length: chance.between(1, 60) }, () => expected.newKey());
  const folder = `import-${keys[0]}`;
  for (const key of keys) {
    const isFile = chance.happens(1 / 6);
    const name = isFile ? fileName(key) : `${key}.md`;
    await writeBelow(world.folder, `${folder}/${name}`, isFile ? fileContent(key) : noteText(key, 0));
  }
  return { args: ['import', join(world.folder, folder)], intent: expected.intend(keys, 0) };
}

async function exportAll({ world, chance }: ActionContext): Promise<Action> {
  return { args: ['export', join(world.folder, `export ${chance.below(2 ** 32)}`)], intent: null };
}

function takeNote({ chance, expected, shown, taken }: ActionContext): readonly [string, number] | null {
  const notes = expected.certain().filter(([key]) => shown.ids.has(key) && !taken.has(key));
  if (notes.length === 0) return null;
  const note = chance.pick(notes);
  taken.add(note[0]);
  return note;
}
