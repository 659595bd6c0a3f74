import { Option, type Command } from 'commander';
import type { HistoryOptions } from '../commands/history.ts';
import type { RestoreOptions } from '../commands/restore.ts';
import type { ListTrashOptions } from '../commands/trash-list.ts';
import { defineCommand } from './define-command.ts';
import { parseCount } from './parse-count.ts';
import type { ActHere } from './act.ts';

export function addHistoryCommands(program: Command, act: ActHere): void {
  defineCommand(program, 'history', 'List the revisions of a note, a space or a file, the latest first', [
    'dataans history 3f2a91bc',
    'dataans history 3f2a91bc --revision 2 > note.md',
    'dataans history 3f2a91bc --json',
  ])
    .argument('<id>', 'id of the note, or how it begins; of something deleted, too')
    .addOption(revisionOption('print the text of this revision'))
    .action((id: string, options: HistoryOptions) =>
      act(async (context) => (await import('../commands/history.ts')).showHistory(context, id, options)),
    );
  defineCommand(program, 'restore', 'Make a note what a revision says, or everything what it was at a time', [
    'dataans restore 3f2a91bc --revision 2',
    'dataans restore --at "2 hours ago" --dry-run',
    'dataans restore --at "2026-11-23 14:05" --space Recipes',
  ])
    .argument('[id]', 'id of the note, or how it begins; of something deleted, too')
    .addOption(
      revisionOption('the revision to restore; see dataans history').conflicts([
        'space',
        'deleted',
        'dryRun',
        'yes',
      ]),
    )
    .option(
      '--at <time>',
      'ISO 8601, a date, "2 hours ago", yesterday; notes that came since go to the trash',
    )
    .option('-s, --space <space>', 'with --at: only this space (name or id)')
    .option(
      '--deleted',
      'with --at: only bring back what was deleted or emptied since, and change nothing else',
    )
    .option('--dry-run', 'with --at: say what would change, and change nothing')
    .option('-y, --yes', 'do not ask, even when much would change')
    .addHelpText('after', restoreNotes)
    .action((id: string | undefined, options: RestoreOptions) =>
      act(async (context) => (await import('../commands/restore.ts')).restore(context, id, options)),
    );
  const trash = defineCommand(program, 'trash', 'List what was deleted', [
    'dataans trash list',
    'dataans trash list --space Recipes',
  ]);
  defineCommand(trash, 'list', 'List deleted notes and spaces, the latest first', [
    'dataans trash list',
    'dataans trash list --space Recipes --limit 10',
    'dataans trash list --json',
  ])
    .option('-s, --space <space>', 'only notes of this space (name or id)')
    .addOption(
      new Option('-n, --limit <number>', 'how much to list at most').argParser(parseCount('--limit')),
    )
    .action((options: ListTrashOptions) =>
      act(async (context) => (await import('../commands/trash-list.ts')).listTrash(context, options)),
    );
}

const restoreNotes = `
Nothing is ever rewound: what is restored is a change on top, which other devices receive like any other, and which can
be restored away again. What was deleted is brought back with: dataans note restore, dataans space restore.`;

function revisionOption(description: string): Option {
  return new Option('-r, --revision <number>', description).argParser(parseCount('--revision'));
}
