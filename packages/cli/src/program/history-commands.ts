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
    .argument('<id>', "the note's id or how it begins; deleted notes too")
    .addOption(revisionOption('print the text of this revision'))
    .action((id: string, options: HistoryOptions) =>
      act(async (context) => (await import('../commands/history.ts')).showHistory(context, id, options)),
    );
  defineCommand(program, 'restore', 'Restore one note to a revision, or everything to a point in time', [
    'dataans restore 3f2a91bc --revision 2',
    'dataans restore --at "2 hours ago" --dry-run',
    'dataans restore --at "2026-11-23 14:05" --space Recipes',
  ])
    .argument('[id]', "the note's id or how it begins; deleted notes too")
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
      'ISO 8601, a date, "2 hours ago", yesterday; notes added since then go to the trash',
    )
    .option('-s, --space <space>', 'with --at: only this space (name or id)')
    .option('--deleted', 'with --at: only restore what was deleted or emptied since, and change nothing else')
    .option('--dry-run', 'with --at: show what would change, without changing it')
    .option('-y, --yes', "don't ask, even if many notes would change")
    .addHelpText('after', restoreNotes)
    .action((id: string | undefined, options: RestoreOptions) =>
      act(async (context) => (await import('../commands/restore.ts')).restore(context, id, options)),
    );
  const trash = defineCommand(program, 'trash', 'Show what was deleted', [
    'dataans trash list',
    'dataans trash list --space Recipes',
  ]);
  defineCommand(trash, 'list', 'List deleted notes and spaces, the latest first', [
    'dataans trash list',
    'dataans trash list --space Recipes --limit 10',
    'dataans trash list --json',
  ])
    .option('-s, --space <space>', 'only notes of this space (name or id)')
    .addOption(new Option('-n, --limit <number>', 'list at most this many').argParser(parseCount('--limit')))
    .action((options: ListTrashOptions) =>
      act(async (context) => (await import('../commands/trash-list.ts')).listTrash(context, options)),
    );
}

const restoreNotes = `
Restoring never erases history. It is recorded as a new change, syncs like any other, and can be undone the same way.
To bring back what was deleted: dataans note restore, dataans space restore.`;

function revisionOption(description: string): Option {
  return new Option('-r, --revision <number>', description).argParser(parseCount('--revision'));
}
