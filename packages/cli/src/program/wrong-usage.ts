import type { Command, CommanderError } from 'commander';
import { UsageError } from '../usage-error.ts';

/** What the parser refused, as a sentence; help that was shown stays what it is. */
export function wrongUsageOf(error: CommanderError, command: Command): Error {
  if (error.code.startsWith('commander.help') || error.code === 'commander.version') return error;
  const refused = error.message
    .replace(/^error: /, '')
    .replace(/^command-argument value ('.*') is invalid for argument '(.*)'/s, '$1 is invalid as $2');
  const [, complaint = refused, suggestion] = /^(.*)\n\(Did you mean (.+)\?\)$/s.exec(refused) ?? [];
  const nearest = suggestion === undefined ? '' : `; did you mean ${suggestion.replace(/^one of /, '')}?`;
  const sentence = `${complaint.charAt(0).toUpperCase()}${complaint.slice(1).replace(/\.$/, '')}`;
  return new UsageError(nearest === '' ? `${sentence}.` : sentence + nearest, adviceFor(complaint, command));
}

function adviceFor(complaint: string, command: Command): string {
  if (/^unknown option '-+\s/.test(complaint)) {
    return 'Put -- before a text that begins with a dash.';
  }
  const help = `See: ${commandPath(command)} --help`;
  const isTornApart = complaint.startsWith('too many arguments') && command.registeredArguments.length > 0;
  return isTornApart ? `Put quotes around words that belong together. ${help}` : help;
}

/** `dataans note add` */
export function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}
