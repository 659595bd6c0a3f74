import { Option, type Command } from 'commander';
import type { ExportOptions } from '../commands/export.ts';
import { defineCommand } from './define-command.ts';
import type { ActHere } from './act.ts';

export function addFolderCommands(program: Command, act: ActHere): void {
  defineCommand(program, 'import', 'Import a folder: folders become spaces, .md files notes, others files', [
    'dataans import notes',
    'dataans import notes --json',
  ])
    .argument('<dir>', 'the folder; importing it again only brings in what has changed there')
    .action((folder: string) =>
      act(async (context) => (await import('../commands/import.ts')).importFrom(context, folder)),
    );
  defineCommand(program, 'export', 'Write all notes and files to a new folder', [
    'dataans export out',
    'dataans export backup --format json',
    'dataans export monday --at "2026-11-23 14:05"',
  ])
    .argument('<dir>', 'the folder to create (it must not exist yet, or be empty)')
    .addOption(
      new Option('--format <format>', 'markdown: what was imported comes out the same; json: everything')
        .choices(['markdown', 'json'])
        .default('markdown'),
    )
    .option('--at <time>', 'as it was at this time: ISO 8601, a date, "2 hours ago", yesterday')
    .action((folder: string, options: ExportOptions) =>
      act(async (context) => (await import('../commands/export.ts')).exportTo(context, folder, options)),
    );
}
