import type { Command } from 'commander';
import type { StatusOptions } from '../commands/status.ts';
import type { VerifyCommandOptions } from '../commands/verify.ts';
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
    'dataans status --acknowledge',
  ])
    .option(
      '--acknowledge',
      'say no more of what is wrong now, of many notes that other devices deleted or emptied, and of a clock that was ahead',
    )
    .action((options: StatusOptions) =>
      act(async (context) => (await import('../commands/status.ts')).showStatus(context, options)),
    );
  defineCommand(
    program,
    'verify',
    'Fetch and open everything on the server, and compare it with what is here; nothing is changed',
    ['dataans verify', 'dataans verify --deep', 'dataans verify --json'],
  )
    .option('--deep', 'also fetch and open the contents of all files')
    .option('--from-start', 'begin anew where an interrupted run would go on')
    .action((options: VerifyCommandOptions) =>
      act(async (context) => (await import('../commands/verify.ts')).verify(context, options)),
    );
  const quarantine = defineCommand(program, 'quarantine', 'Show changes that came and cannot be used', [
    'dataans quarantine list',
    'dataans quarantine forget',
  ]);
  defineCommand(quarantine, 'list', 'List them: when each was received, where it stands, and why', [
    'dataans quarantine list',
    'dataans quarantine list --json',
  ]).action(() =>
    act(async (context) => (await import('../commands/quarantine-list.ts')).listQuarantine(context)),
  );
  defineCommand(
    quarantine,
    'forget',
    'Free the space of those that anybody can have written; they stay listed, and are fetched again when they can be used',
    ['dataans quarantine forget', 'dataans quarantine forget --json'],
  ).action(() =>
    act(async (context) => (await import('../commands/quarantine-forget.ts')).forgetQuarantined(context)),
  );
}
