import type { Home, Note } from '@dataans/client';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { findNote } from '../lookup/find-note.ts';
import { readSpaceNames } from '../lookup/space-names.ts';
import { formatLocalTime } from '../output/dates.ts';
import { noteToJson } from '../output/note-json.ts';
import { noteTitle } from '../output/note-title.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { formatBytes } from '../output/sizes.ts';

/** The text as it is where a program reads it; with a head, and harmless, on a screen. */
export async function showNote(context: Context, id: string): Promise<ExitCode> {
  const home = await context.home();
  const note = await findNote(home, id);
  if (context.json) {
    const json = await wholeNote(note, home);
    return print(context, { json: () => json, text: () => '' });
  }
  const { terminal } = context;
  if (terminal.hasScreen) await terminal.show(await headLines(note, home), note.text);
  else await terminal.write(note.text);
  return exitCodes.done;
}

async function wholeNote(note: Note, home: Pick<Home, 'notes' | 'spaces'>) {
  const links = await home.notes.links(note.id);
  const files = note.files.map(({ id, name, bytes }) => ({ id, name, bytes }));
  return { ...noteToJson(note, await readSpaceNames(home)), text: note.text, files, links };
}

async function headLines(note: Note, home: Pick<Home, 'spaces'>): Promise<readonly string[]> {
  const nameSpace = await readSpaceNames(home);
  const space = printableLine(nameSpace(note.space) ?? '?');
  return [
    `${noteTitle(note)}  (${space}, ${formatLocalTime(note.editedAt)})`,
    ...(note.conflict
      ? [
          'Merged: this note was changed on several devices at once. Every version of those lines is kept below. Edit the note to keep what you want.',
        ]
      : []),
    ...note.files.map(({ name, bytes }) => `  + ${printableLine(name)}  ${formatBytes(bytes)}`),
  ];
}
