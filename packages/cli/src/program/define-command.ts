import type { Command } from 'commander';
import { wrongUsageOf } from './wrong-usage.ts';

const examplesByCommand = new WeakMap<Command, readonly string[]>();

/** Command lines that the help of a command shows; a test runs them. */
export function examplesOf(command: Command): readonly string[] {
  return examplesByCommand.get(command) ?? [];
}

/** A command below `parent`, with examples in its help. Wrong usage throws a `UsageError`. */
export function defineCommand(
  parent: Command,
  name: string,
  summary: string,
  examples: readonly string[],
): Command {
  return refine(parent.command(name).description(summary), examples);
}

/** Settings that every command has, the topmost included. */
export function refine(command: Command, examples: readonly string[]): Command {
  examplesByCommand.set(command, examples);
  return command
    .helpOption('-h, --help', 'show what the command does, with examples')
    .addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}`)
    .exitOverride((error) => {
      throw wrongUsageOf(error, command);
    });
}
