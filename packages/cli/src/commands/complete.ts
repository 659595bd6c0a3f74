import type { Home, NoteRow } from '@dataans/client';
import type { Command } from 'commander';
import { planCompletion, type Candidate, type CompletionPlan } from '../completion/plan-completion.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { formatLocalTime } from '../output/dates.ts';
import { noteTitle } from '../output/note-title.ts';
import { printableLine } from '../output/printable.ts';
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
  const home = await context.home();
  switch (plan.kind) {
    case 'spaces': {
      const spaces = await home.spaces.list();
      return nameSpaces(spaces.map(({ name, notes }) => ({ name, description: formatCount(notes, 'note') })));
    }
    case 'deleted-spaces': {
      const names = await home.spaces.names();
      const deleted = names.filter(({ visible }) => !visible);
      return nameSpaces(
        deleted.map(({ name, editedAt }) => ({ name, description: formatLocalTime(editedAt) })),
      );
    }
    case 'deleted-notes':
      return nameNotes(
        home,
        true,
        typed === '' ? await listDeleted(home) : await findNotes(home, typed, true),
      );
    default:
      return nameNotes(
        home,
        false,
        typed === '' ? await listLiving(home) : await findNotes(home, typed, false),
      );
  }
}

async function listDeleted({ notes }: Pick<Home, 'notes'>): Promise<readonly NoteRow[]> {
  return (await notes.trash({ limit: candidatesMax })).rows;
}

async function listLiving({ notes }: Pick<Home, 'notes'>): Promise<readonly NoteRow[]> {
  return notes.rows(await notes.list({ limit: candidatesMax }));
}

async function findNotes(
  { ids }: Pick<Home, 'ids'>,
  prefix: string,
  deleted: boolean,
): Promise<readonly NoteRow[]> {
  const found = await ids.find(prefix, { kinds: ['note'], deleted });
  return found.flatMap((one) => (one.kind === 'note' && one.deleted === deleted ? one.note : []));
}

/** Names that a shell can give back as they are. */
function nameSpaces(
  spaces: readonly { readonly name: string; readonly description: string }[],
): readonly Candidate[] {
  return spaces
    .map(({ name, description }) => ({ value: name, description }))
    .filter(({ value }) => value === printableLine(value));
}

async function nameNotes(
  { ids }: Pick<Home, 'ids'>,
  deleted: boolean,
  notes: readonly NoteRow[],
): Promise<readonly Candidate[]> {
  const named = notes.slice(0, candidatesMax);
  const shortIds = await ids.shorten(
    'note',
    named.map(({ id }) => id),
    { deleted },
  );
  return named.map((note, index) => ({ value: shortIds[index] ?? note.id, description: noteTitle(note) }));
}
