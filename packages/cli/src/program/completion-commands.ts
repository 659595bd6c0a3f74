import { Argument, type Command } from 'commander';
import { shells, type Shell } from '../completion/shells.ts';
import { defineCommand } from './define-command.ts';
import type { ActHere } from './act.ts';

export function addCompletionCommands(program: Command, act: ActHere): void {
  defineCommand(
    program,
    'completion',
    'Print the script that lets a shell complete commands, spaces and ids',
    [
      'dataans completion bash >> ~/.bashrc',
      'dataans completion zsh >> ~/.zshrc',
      'dataans completion fish > ~/.config/fish/completions/dataans.fish',
    ],
  )
    .addArgument(new Argument('<shell>', 'the shell').choices([...shells]))
    .action((shell: Shell) =>
      act(async (context) => (await import('../commands/completion.ts')).printCompletion(context, shell)),
    );
  program
    .command('complete', { hidden: true })
    .description('List completions for the word under the cursor (used by the completion scripts)')
    .argument('[words...]')
    .helpOption(false)
    .action((words: readonly string[]) => {
      const home = typedHome(words);
      if (home !== undefined) program.setOptionValue('home', home);
      return act(async (context) =>
        (await import('../commands/complete.ts')).complete(context, program, words),
      );
    });
}

/** The notes and spaces of the line that is being typed are those of its own home. */
function typedHome(words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => word === '--home' || word.startsWith('--home='));
  return words[index] === '--home' ? words[index + 1] : words[index]?.slice('--home='.length);
}
