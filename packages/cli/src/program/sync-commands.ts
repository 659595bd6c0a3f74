import type { Command } from 'commander';
import type { StatusOptions } from '../commands/status.ts';
import type { VerifyCommandOptions } from '../commands/verify.ts';
import { defineCommand } from './define-command.ts';
import type { ActHere } from './act.ts';

export function addSyncCommands(program: Command, act: ActHere): void {
  defineCommand(program, 'sync', 'Send your changes to the server and fetch those of your other devices', [
    'dataans sync',
    'dataans sync --watch',
    'dataans sync --json',
  ])
    .option('-w, --watch', 'keep running and sync each change as it happens; stop with Ctrl-C')
    .action((options: { readonly watch?: boolean }) =>
      act(async (context) =>
        options.watch === true
          ? (await import('../commands/watch.ts')).watch(context)
          : (await import('../commands/sync.ts')).sync(context),
      ),
    );
  defineCommand(program, 'status', 'Show whether this device is in sync, and any problems', [
    'dataans status',
    'dataans status --json',
    'dataans status --acknowledge',
  ])
    .option('--acknowledge', 'stop showing the current problems, deletion warning and clock warning')
    .action((options: StatusOptions) =>
      act(async (context) => (await import('../commands/status.ts')).showStatus(context, options)),
    );
  defineCommand(program, 'verify', 'Check that the server has everything, unaltered (changes nothing)', [
    'dataans verify',
    'dataans verify --deep',
    'dataans verify --json',
  ])
    .option('--deep', 'also download and check all files')
    .option('--from-start', 'start from the beginning instead of continuing an interrupted run')
    .action((options: VerifyCommandOptions) =>
      act(async (context) => (await import('../commands/verify.ts')).verify(context, options)),
    );
  const quarantine = defineCommand(program, 'quarantine', 'Show changes that were set aside', [
    'dataans quarantine list',
    'dataans quarantine forget',
  ]);
  defineCommand(
    quarantine,
    'list',
    'List them: when each was received, its entry in the log, and why it was set aside',
    ['dataans quarantine list', 'dataans quarantine list --json'],
  ).action(() =>
    act(async (context) => (await import('../commands/quarantine-list.ts')).listQuarantine(context)),
  );
  defineCommand(
    quarantine,
    'forget',
    'Free the space of those that may not be from your devices; they stay listed, and are fetched again once they can be used',
    ['dataans quarantine forget', 'dataans quarantine forget --json'],
  ).action(() =>
    act(async (context) => (await import('../commands/quarantine-forget.ts')).forgetQuarantined(context)),
  );
}
