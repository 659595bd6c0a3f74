import { Option, type Command } from 'commander';
import type { AppOptions } from '../commands/app.ts';
import { defineCommand } from './define-command.ts';
import { parsePort } from './parse-port.ts';
import type { ActHere } from './act.ts';

export function addAppCommands(program: Command, act: ActHere): void {
  defineCommand(
    program,
    'app',
    'Open the app in a browser from this machine, so that no server can change it',
    ['dataans app', 'dataans app https://notes.example.org --open', 'dataans app --hash'],
  )
    .argument('[url]', "the server's address (default: the one that this device is signed in to)")
    .addOption(
      new Option(
        '--port <number>',
        'the port; your browser keeps your notes for it (default: 8010)',
      ).argParser(parsePort),
    )
    .option('--open', 'open it in your browser')
    .option('--hash', 'print the hash of the app and stop: a server that serves the same app prints the same')
    .action((url: string | undefined, options: AppOptions) =>
      act(async (context) => (await import('../commands/app.ts')).serveAppHere(context, url, options)),
    );
  defineCommand(program, 'doctor', 'Look at the way to a server, and say what blocks it', [
    'dataans doctor',
    'dataans doctor https://notes.example.org --json',
  ])
    .argument('[url]', "the server's address (default: the one that this device is signed in to)")
    .action((url: string | undefined) =>
      act(async (context) => (await import('../commands/doctor.ts')).examine(context, url)),
    );
}
