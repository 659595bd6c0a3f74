import type { Entity } from '@dataans/client';
import type { EntityId } from '@dataans/core';
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
  switch (plan.kind) {
    case 'spaces':
      return nameSpaces(
        entities.spaces().map(({ space, notes }) => ({ space, description: formatCount(notes, 'note') })),
      );
    case 'deleted-spaces':
      return nameSpaces(
        past.deletedSpaces().map((space) => ({ space, description: formatLocalTime(space.editedAt) })),
      );
    case 'deleted-notes':
      return nameNotes(past, typed === '' ? past.deletedNotes() : readEach(past.findByPrefix('note', typed)));
    default: {
      const notes = entities.notes({ limit: candidatesMax });
      return nameNotes(entities, typed === '' ? notes : readEach(entities.findByPrefix('note', typed)));
    }
  }

  function* readEach(ids: readonly EntityId[]): Iterable<Entity<'note'>> {
    for (const id of ids) {
      const note = entities.read('note', id);
      if (note !== null && note.deleted === (plan.kind === 'deleted-notes')) yield note;
    }
  }
}

/** Names that a shell can give back as they are. */
function nameSpaces(
  spaces: readonly { readonly space: Entity<'space'>; readonly description: string }[],
): readonly Candidate[] {
  return spaces
    .map(({ space, description }) => ({ value: space.value.name, description }))
    .filter(({ value }) => value === printableLine(value));
}

function nameNotes(
  ids: Parameters<typeof shortenId>[0],
  notes: Iterable<Entity<'note'>>,
): readonly Candidate[] {
  return Iterator.from(notes)
    .take(candidatesMax)
    .map((note) => ({ value: shortenId(ids, 'note', note.id), description: noteTitle(note) }))
    .toArray();
}
