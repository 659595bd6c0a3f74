import { Option, type Command } from 'commander';
import type { AddNoteOptions } from '../commands/note-add.ts';
import type { EditNoteOptions } from '../commands/note-edit.ts';
import type { ListNotesOptions } from '../commands/note-list.ts';
import type { SearchOptions } from '../commands/search.ts';
import { defineCommand } from './define-command.ts';
import { parseCount } from './parse-count.ts';
import type { ActHere } from './act.ts';

export function addNoteCommands(program: Command, act: ActHere): void {
  const note = defineCommand(program, 'note', 'Add, list, show, edit, move, pin, remove and restore notes', [
    'dataans note add "Water the plants" --space Inbox',
    'dataans note list --space Inbox',
  ]);
  addWritingCommands(note, act);
  addReadingCommands(note, act);
  addPlacingCommands(note, act);
  defineCommand(program, 'search', "Search notes (all words must match; case and accents don't matter)", [
    'dataans search tomato soup',
    'dataans search "cafe" --space Recipes',
    'dataans search soup --json',
  ])
    .argument('<words...>', 'words, or parts of words')
    .addOption(spaceOption('only notes in this space'))
    .addOption(limitOption('find at most this many notes').default(100))
    .addHelpText('after', markNotes)
    .action((words: readonly string[], options: SearchOptions) =>
      act(async (context) => (await import('../commands/search.ts')).search(context, words, options)),
    );
}

const markNotes = `
The marks before the title: * pinned, ! merged from changes on several devices, + has files.`;

function addWritingCommands(note: Command, act: ActHere): void {
  defineCommand(note, 'add', 'Add a note and print its id', [
    'dataans note add "Water the plants" --space Inbox',
    'dataans note add --space Inbox < shopping.txt',
    'dataans note add "The receipt" --space Inbox --file receipt.pdf',
  ])
    .argument('[text]', 'the text; - reads it from stdin; without it your editor opens')
    .addOption(spaceOption('the space to put it in; not needed if you have only one'))
    .addOption(fileOption())
    .action((text: string | undefined, options: AddNoteOptions) =>
      act(async (context) => (await import('../commands/note-add.ts')).addNote(context, text, options)),
    );
  defineCommand(note, 'edit', 'Change the text of a note, or attach files to it', [
    'dataans note edit 3f2a91bc',
    'dataans note edit 3f2a91bc "Water the plants twice"',
    'dataans note edit 3f2a91bc - < shopping.txt',
  ])
    .argument('<id>', "the note's id or how it begins")
    .argument('[text]', 'the new text; - reads it from stdin; without it your editor opens')
    .addOption(fileOption())
    .action((id: string, text: string | undefined, options: EditNoteOptions) =>
      act(async (context) => (await import('../commands/note-edit.ts')).editNote(context, id, text, options)),
    );
}

function addReadingCommands(note: Command, act: ActHere): void {
  defineCommand(note, 'list', 'List notes, pinned first, then the newest first', [
    'dataans note list',
    'dataans note list --space Inbox --limit 10',
    'dataans note list --json',
  ])
    .addOption(spaceOption('only notes in this space'))
    .addOption(limitOption('list at most this many notes'))
    .addHelpText('after', markNotes)
    .action((options: ListNotesOptions) =>
      act(async (context) => (await import('../commands/note-list.ts')).listNotes(context, options)),
    );
  defineCommand(note, 'show', 'Print the text of a note (byte for byte if piped)', [
    'dataans note show 3f2a91bc',
    'dataans note show 3f2a91bc > note.md',
    'dataans note show 3f2a91bc --json',
  ])
    .argument('<id>', "the note's id or how it begins")
    .action((id: string) =>
      act(async (context) => (await import('../commands/note-show.ts')).showNote(context, id)),
    );
}

function addPlacingCommands(note: Command, act: ActHere): void {
  defineCommand(note, 'move', 'Move a note to another space', [
    'dataans note move 3f2a91bc Recipes',
    'dataans note move 3f2a91bc --space Recipes',
  ])
    .argument('<id>', "the note's id or how it begins")
    .argument('[space]', 'name or id of the space')
    .addOption(spaceOption('the same, as an option'))
    .action((id: string, space: string | undefined, options: { readonly space?: string }) =>
      act(async (context) =>
        (await import('../commands/note-move.ts')).moveNote(context, id, space ?? options.space),
      ),
    );
  defineCommand(note, 'pin', 'Keep a note at the top of the list', [
    'dataans note pin 3f2a91bc',
    'dataans note pin 3f2a91bc --off',
  ])
    .argument('<id>', "the note's id or how it begins")
    .option('--off', 'unpin the note')
    .action((id: string, options: { readonly off?: boolean }) =>
      act(async (context) =>
        (await import('../commands/note-pin.ts')).pinNote(context, id, options.off !== true),
      ),
    );
  defineCommand(note, 'remove', 'Delete a note', [
    'dataans note remove 3f2a91bc',
    'dataans note remove 3f2a91bc --json',
  ])
    .argument('<id>', "the note's id or how it begins")
    .action((id: string) =>
      act(async (context) => (await import('../commands/note-remove.ts')).removeNote(context, id)),
    );
  defineCommand(note, 'restore', 'Restore a deleted note, with its space and its files', [
    'dataans note restore 3f2a91bc',
    'dataans note restore 3f2a91bc --json',
  ])
    .argument('<deleted-note>', "the note's id or how it begins")
    .action((id: string) =>
      act(async (context) => (await import('../commands/note-restore.ts')).restoreNote(context, id)),
    );
}

function spaceOption(description: string): Option {
  return new Option('-s, --space <space>', `${description} (name or id)`);
}

function limitOption(description: string): Option {
  return new Option('-n, --limit <number>', description).argParser(parseCount('--limit'));
}

function fileOption(): Option {
  return new Option('-f, --file <path>', 'attach a file; may be given several times')
    .argParser((path: string, before: readonly string[]) => [...before, path])
    .default([], 'none');
}
