import { Command } from 'commander';
import type { GlobalOptions } from '../context.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { addAccountCommands } from './account-commands.ts';
import type { Act, ActHere } from './act.ts';
import { addAppCommands } from './app-commands.ts';
import { addCompletionCommands } from './completion-commands.ts';
import { refine } from './define-command.ts';
import { addFolderCommands } from './folder-commands.ts';
import { addHistoryCommands } from './history-commands.ts';
import { addNoteCommands } from './note-commands.ts';
import { addSpaceCommands } from './space-commands.ts';
import { addSyncCommands } from './sync-commands.ts';
import { version } from './version.ts';

/** The commands, options and help of `dataans`. */
export function createProgram(act: Act, terminal: Pick<Terminal, 'write' | 'say' | 'width'>): Command {
  const program = new Command('dataans')
    .description('Encrypted notes and files, backed up to your own server and in sync on all your devices.')
    .option('--home <dir>', "this device's data folder (default: DATAANS_HOME, or the usual place)")
    .option('--json', 'print one JSON document')
    .version(version, '-V, --version', 'print the version')
    .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(terminal.width ?? 100, 100) })
    .configureOutput({
      writeOut: (text) => void terminal.write(text),
      writeErr: (text) => terminal.say(text.trimEnd()),
      outputError: () => undefined, // `refine` turns it into an error of ours
    });
  refine(program, [
    'dataans sign-in https://notes.example.org',
    'dataans space add Inbox',
    'dataans note add "Water the plants" --space Inbox',
    'dataans sync',
  ]);
  const actHere: ActHere = (work) => act(program.opts<GlobalOptions>(), work);
  addAccountCommands(program, actHere);
  addSpaceCommands(program, actHere);
  addNoteCommands(program, actHere);
  addHistoryCommands(program, actHere);
  addFolderCommands(program, actHere);
  addSyncCommands(program, actHere);
  addAppCommands(program, actHere);
  addCompletionCommands(program, actHere);
  for (const command of [program, ...program.commands])
    if (command.commands.length > 0) command.helpCommand('help [command]', 'Show what a command does');
  return program;
}
