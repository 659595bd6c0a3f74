import type { Command } from 'commander';
import { planCompletion, type Candidate, type CompletionPlan } from '../completion/plan-completion.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { formatLocalTime } from '../output/dates.ts';
import { noteTitle } from '../output/note-title.ts';
import { printableLine } from '../output/printable.ts';
import { shortenId } from '../output/short-id.ts';
import { formatCount } from '../output/sizes.ts';

const candidatesMax = 500;

/** Prints what the last word can become: a line for each, or what kind of path. */
export async function complete(
  context: Context,
  program: Command,
  words: readonly string[],
): Promise<ExitCode> {
  const plan = planCompletion(program, words);
  const lines = plan.kind === 'files' || plan.kind === 'folders' ? [`:${plan.kind}`] : await list();
  if (lines.length > 0) await context.terminal.write(`${lines.join('\n')}\n`);
  return exitCodes.done;

  async function list(): Promise<readonly string[]> {
    const typed = unquote(words.at(-1) ?? '').toLowerCase();
    const candidates = await findCandidates(context, plan, typed);
    return candidates
      .filter(({ value }) => value.toLowerCase().startsWith(typed))
      .map(({ value, description }) => `${value}\t${printableLine(description)}`);
  }
}

/** A half-typed word as the shell will read it: `My\ Sp` and `"My Sp` are `My Sp`. */
function unquote(word: string): string {
  return word.replace(/^["']/, '').replaceAll('\\', '');
}

async function findCandidates(
  context: Context,
  plan: CompletionPlan,
  typed: string,
): Promise<readonly Candidate[]> {
  if (plan.kind === 'words') return plan.candidates;
  const { homeExists } = await import('@dataans/client/node');
  if (!homeExists(await context.directory())) return [];
  const { entities, past } = (await context.home()).store;
  if (plan.kind === 'spaces') {
    return entities
      .spaces()
      .map(({ space, notes }) => ({ value: space.value.name, description: formatCount(notes, 'note') }))
      .filter(({ value }) => value === printableLine(value));
  }
  if (plan.kind === 'deleted-spaces') {
    return past
      .deletedSpaces()
      .map(({ value, editedAt }) => ({ value: value.name, description: formatLocalTime(editedAt) }))
      .filter(({ value }) => value === printableLine(value));
  }
  if (plan.kind === 'deleted-notes') {
    return Iterator.from(past.deletedNotes())
      .take(candidatesMax)
      .map((note) => ({ value: shortenId(past, 'note', note.id), description: noteTitle(note) }))
      .toArray();
  }
  if (typed === '') {
    return Iterator.from(entities.notes({ limit: candidatesMax }))
      .map((note) => ({ value: shortenId(entities, 'note', note.id), description: noteTitle(note) }))
      .toArray();
  }
  return entities
    .findByPrefix('note', typed)
    .slice(0, candidatesMax)
    .flatMap((id) => entities.read('note', id) ?? [])
    .map((note) => ({ value: shortenId(entities, 'note', note.id), description: noteTitle(note) }));
}
