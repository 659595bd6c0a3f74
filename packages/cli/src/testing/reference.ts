import type { Command } from 'commander';
import { examplesOf } from '../program/define-command.ts';
import { commandPath } from '../program/wrong-usage.ts';

/** The commands as a chapter of Markdown: what `--help` says, on one page. */
export function describeCommands(program: Command): string {
  return leaves(program).map(describeCommand).join('\n');
}

/** Commands that do something, in the order of the help. */
export function leaves(command: Command): readonly Command[] {
  const below = command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== 'help');
  return below.length === 0 ? [command] : below.flatMap(leaves);
}

function describeCommand(command: Command): string {
  const usage = [commandPath(command), ...command.registeredArguments.map(describeArgument)].join(' ');
  const rows = [
    ...command.registeredArguments.map((one) => [describeArgument(one), one.description] as const),
    ...command.options.map((one) => [one.flags, one.description] as const),
  ].map(([term, meaning]) => `- \`${term}\` ${meaning}`);
  return [
    `### ${usage.replaceAll(/[<>[\]]/g, '\\$&')}`,
    '',
    `${command.description()}.`,
    '',
    ...(rows.length === 0 ? [] : [...rows, '']),
    '```sh',
    ...examplesOf(command),
    '```',
    '',
  ].join('\n');
}

function describeArgument(argument: Command['registeredArguments'][number]): string {
  const name = argument.name() + (argument.variadic ? '...' : '');
  return argument.required ? `<${name}>` : `[${name}]`;
}
