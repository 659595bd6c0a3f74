import type { Argument, Command, Option } from 'commander';

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What can stand at the cursor. */
export type CompletionPlan =
  | { readonly kind: 'words'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'files' | 'folders' | 'spaces' | 'notes' | 'deleted-spaces' | 'deleted-notes' };

const nothing: CompletionPlan = { kind: 'words', candidates: [] };

/** @param words what was typed after `dataans`, up to the cursor; the last is the one to complete */
export function planCompletion(program: Command, words: readonly string[]): CompletionPlan {
  const current = words.at(-1) ?? '';
  const { command, positional, pending, onlyTexts } = walk(program, words.slice(0, -1));
  if (pending !== null) return planValue(optionValueName(pending), pending.argChoices);
  if (current.startsWith('-') && !onlyTexts) return planOptions(command);
  if (command.commands.length > 0) return planCommands(command);
  const argument = argumentAt(command, positional);
  return argument === undefined ? nothing : planValue(argument.name(), argument.argChoices);
}

interface Position {
  readonly command: Command;
  /** Arguments of the command before the cursor. */
  readonly positional: number;
  /** The option whose value the cursor is at. */
  readonly pending: Option | null;
  /** Behind a `--` nothing is an option. */
  readonly onlyTexts: boolean;
}

function walk(program: Command, words: readonly string[]): Position {
  let command = program;
  let positional = 0;
  let pending: Option | null = null;
  let onlyTexts = false;
  for (const word of words) {
    if (pending !== null) pending = null;
    else if (word === '--') onlyTexts = true;
    else if (word.startsWith('-') && word !== '-' && !onlyTexts) pending = optionAwaitingValue(command, word);
    else {
      const below = command.commands.find((one) => one.name() === word);
      if (below === undefined) positional += 1;
      else command = below;
    }
  }
  return { command, positional, pending, onlyTexts };
}

function optionAwaitingValue(command: Command, word: string): Option | null {
  const option = optionsOf(command).find((one) => one.long === word || one.short === word);
  return option?.required === true ? option : null;
}

function planOptions(command: Command): CompletionPlan {
  const candidates = optionsOf(command).map(({ long, short, description }) => ({
    value: long ?? short ?? '',
    description,
  }));
  return { kind: 'words', candidates };
}

function planCommands(command: Command): CompletionPlan {
  const candidates = command
    .createHelp()
    .visibleCommands(command)
    .map((one) => ({ value: one.name(), description: one.description() }));
  return { kind: 'words', candidates };
}

/** By what the value is called in the help. */
function planValue(name: string, choices: readonly string[] | undefined): CompletionPlan {
  if (choices !== undefined) {
    return { kind: 'words', candidates: choices.map((value) => ({ value, description: '' })) };
  }
  switch (name) {
    case 'path':
      return { kind: 'files' };
    case 'dir':
      return { kind: 'folders' };
    case 'space':
      return { kind: 'spaces' };
    case 'id':
      return { kind: 'notes' };
    case 'deleted-space':
      return { kind: 'deleted-spaces' };
    case 'deleted-note':
      return { kind: 'deleted-notes' };
    default:
      return nothing;
  }
}

/** `path` for `--file <path>` */
function optionValueName(option: Option): string {
  return /<(.+)>/.exec(option.flags)?.[1] ?? '';
}

function argumentAt(command: Command, index: number): Argument | undefined {
  const last = command.registeredArguments.at(-1);
  return command.registeredArguments[index] ?? (last?.variadic === true ? last : undefined);
}

/** Those of the command, then those of every command. */
function optionsOf(command: Command): readonly Option[] {
  const help = command.createHelp();
  help.showGlobalOptions = true;
  return [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
}
