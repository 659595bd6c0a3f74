import type { Command, CommanderError } from 'commander';
import { UsageError } from '../usage-error.ts';

/** What the parser refused, as a sentence; help that was shown stays what it is. */
export function wrongUsageOf(error: CommanderError, command: Command): Error {
  if (error.code.startsWith('commander.help') || error.code === 'commander.version') return error;
  const refused = error.message
    .replace(/^error: /, '')
    .replace(/^command-argument value ('.*') is invalid for argument '(.*)'/s, '$1 is invalid as $2');
  const [, complaint = refused, suggestion] = /^(.*)\n\(Did you mean (.+)\?\)$/s.exec(refused) ?? [];
  const sentence = `${complaint.charAt(0).toUpperCase()}${complaint.slice(1).replace(/\.$/, '')}.`;
  const nearest = suggestion === undefined ? '' : ` Did you mean ${quoteEach(suggestion)}?`;
  return new UsageError(quoteCurly(sentence) + nearest, adviceFor(complaint, command));
}

/** The parser quotes with straight quotes. */
function quoteCurly(sentence: string): string {
  return sentence.replaceAll(/(?<=^|\s)'(.*?)'(?=[\s.,]|$)/gs, '“$1”');
}

/** `one of add, list` becomes `“add” or “list”`. */
function quoteEach(suggestion: string): string {
  const quoted = suggestion
    .replace(/^one of /, '')
    .split(', ')
    .map((name) => `“${name}”`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
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
