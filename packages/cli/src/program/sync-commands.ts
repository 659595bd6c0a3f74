import type { Command } from 'commander';
import { defineCommand } from './define-command.ts';
import type { ActHere } from './act.ts';

export function addSyncCommands(program: Command, act: ActHere): void {
  defineCommand(program, 'sync', 'Send and receive changes, and say what they were', [
    'dataans sync',
    'dataans sync --watch',
    'dataans sync --json',
  ])
    .option('-w, --watch', 'stay, and send and receive each change as it happens, until Ctrl-C')
    .action((options: { readonly watch?: boolean }) =>
      act(async (context) =>
        options.watch === true
          ? (await import('../commands/watch.ts')).watch(context)
          : (await import('../commands/sync.ts')).sync(context),
      ),
    );
  defineCommand(program, 'status', 'Say how this device stands with the server', [
    'dataans status',
    'dataans status --json',
  ]).action(() => act(async (context) => (await import('../commands/status.ts')).showStatus(context)));
}
