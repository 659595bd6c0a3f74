import type { Command } from 'commander';
import { defineCommand } from './define-command.ts';
import type { ActHere } from './act.ts';

export function addSpaceCommands(program: Command, act: ActHere): void {
  const space = defineCommand(program, 'space', 'Add, list, rename, remove and restore spaces', [
    'dataans space list',
    'dataans space add Recipes',
  ]);
  defineCommand(space, 'add', 'Add a space and print its id', [
    'dataans space add Recipes',
    'dataans space add "Work and study" --json',
  ])
    .argument('<name>', 'name of the new space')
    .action((name: string) =>
      act(async (context) => (await import('../commands/space-add.ts')).addSpace(context, name)),
    );
  defineCommand(space, 'list', 'List your spaces and how many notes each has', [
    'dataans space list',
    'dataans space list --json',
  ]).action(() => act(async (context) => (await import('../commands/space-list.ts')).listSpaces(context)));
  defineCommand(space, 'rename', 'Rename a space', [
    'dataans space rename Recipes Cooking',
    'dataans space rename 3f2a91bc "Work and study"',
  ])
    .argument('<space>', 'name or id of the space')
    .argument('<name>', 'its new name')
    .action((nameOrId: string, name: string) =>
      act(async (context) =>
        (await import('../commands/space-rename.ts')).renameSpace(context, nameOrId, name),
      ),
    );
  defineCommand(space, 'remove', 'Delete a space and the notes in it', [
    'dataans space remove Recipes',
    'dataans space remove 3f2a91bc --yes',
  ])
    .argument('<space>', 'name or id of the space')
    .option('-y, --yes', "don't ask")
    .action((nameOrId: string, options: { readonly yes?: boolean }) =>
      act(async (context) =>
        (await import('../commands/space-remove.ts')).removeSpace(context, nameOrId, options),
      ),
    );
  defineCommand(space, 'restore', 'Restore a deleted space, with the notes that were deleted with it', [
    'dataans space restore Recipes',
    'dataans space restore 3f2a91bc',
  ])
    .argument('<deleted-space>', 'name or id of the space')
    .action((nameOrId: string) =>
      act(async (context) => (await import('../commands/space-restore.ts')).restoreSpace(context, nameOrId)),
    );
}
