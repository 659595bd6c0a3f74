import type { Entities, Entity } from '@dataans/client';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { findNote } from '../lookup/find-note.ts';
import { formatLocalTime } from '../output/dates.ts';
import { noteToJson } from '../output/note-json.ts';
import { noteTitle } from '../output/note-title.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { formatBytes } from '../output/sizes.ts';

/** The text as it is where a program reads it; with a head, and harmless, on a screen. */
export async function showNote(context: Context, id: string): Promise<ExitCode> {
  const { store } = await context.home();
  const note = findNote(store, id);
  if (context.json) {
    const json = await wholeNote(note, store.entities);
    return print(context, { json: () => json, text: () => '' });
  }
  const { terminal } = context;
  if (terminal.hasScreen) await terminal.show(headLines(note, store.entities), note.value.text);
  else await terminal.write(note.value.text);
  return exitCodes.done;
}

async function wholeNote(note: Entity<'note'>, entities: Entities) {
  const { findLinks, resolveLink } = await import('@dataans/client');
  const links = findLinks(note.value.text).map(({ kind, href }) => ({
    kind,
    href,
    target: resolveLink(entities, note, href),
  }));
  const files = attachedFiles(note, entities).map(({ id, value }) => ({
    id,
    name: value.name,
    bytes: value.bytes,
  }));
  return { ...noteToJson(note, entities), text: note.value.text, files, links };
}

function headLines(note: Entity<'note'>, entities: Entities): readonly string[] {
  const space = entities.read('space', note.value.space);
  const files = attachedFiles(note, entities).map(
    ({ value }) => `  + ${printableLine(value.name)}  ${formatBytes(value.bytes)}`,
  );
  return [
    `${noteTitle(note)}  (${printableLine(space?.value.name ?? '?')}, ${formatLocalTime(note.editedAt)})`,
    ...(note.conflict
      ? [
          'Merged: this note was changed on several devices at once. Every version of those lines is kept below. Edit the note to keep what you want.',
        ]
      : []),
    ...files,
  ];
}

function attachedFiles({ value }: Entity<'note'>, entities: Entities): readonly Entity<'file'>[] {
  return value.files.flatMap((id) => entities.read('file', id) ?? []);
}
