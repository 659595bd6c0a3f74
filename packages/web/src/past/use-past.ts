import type { ChangedDay, NoteRow, PastSpace, PastWindow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

/** While one drags, only where one rests is read. */
const restMs = 120;
const notesAtOnce = 60;
const charactersShown = 6_000;

/** What a question answers, once the moment has rested; the answer before it until then. */
function useRested<Answer>(ask: () => Promise<Answer>, questions: readonly unknown[]): Answer | null {
  const { notices, words } = useApp();
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      ask()
        .then((given) => {
          if (isCurrent) setAnswer(given);
        })
        .catch((error: unknown) => notices.show(tellError(error, words.peek())));
    }, restMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, questions);
  return answer;
}

export interface PastNotes {
  readonly moment: number;
  readonly rows: readonly NoteRow[];
  readonly since: PastWindow['since'];
  readonly before: PastWindow['before'];
}

/** The newest notes of a space as they were, and more of them on demand; `null` until they are known. */
export function usePastNotes(
  space: EntityId | null,
  moment: number,
  version: number,
): { readonly notes: PastNotes | null; readonly more: () => void } {
  const { home, notices, words } = useApp();
  const [older, setOlder] = useState<PastNotes | null>(null);
  const read = async (before: PastWindow['before']): Promise<PastNotes> => {
    if (space === null) return { moment, rows: [], since: new Map(), before: null };
    const query = { space, limit: notesAtOnce, beginning: charactersShown };
    const window = await home.history.at(moment, before === null ? query : { ...query, before });
    return { moment, ...window };
  };
  const first = useRested(() => read(null), [space, moment, version]);
  useEffect(() => setOlder(null), [first]);
  const notes = older ?? first;
  const more = (): void => {
    if (notes === null || notes.before === null) return;
    read(notes.before)
      .then(({ rows, since, before }) =>
        setOlder({
          ...notes,
          rows: [...rows, ...notes.rows],
          since: new Map([...since, ...notes.since]),
          before,
        }),
      )
      .catch((error: unknown) => notices.show(tellError(error, words.peek())));
  };
  return { notes, more };
}

/** The spaces that there were, if one asks for all. */
export function usePastSpaces(
  isWanted: boolean,
  moment: number,
  version: number,
): readonly PastSpace[] | null {
  const { home } = useApp();
  return useRested(async () => (isWanted ? home.history.spacesAt(moment) : []), [isWanted, moment, version]);
}

/** Days on which something changed, the first one first; `null` until they are known. */
export function useChangedDays(space: EntityId | null): readonly ChangedDay[] | null {
  const { home } = useApp();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  return useRested(() => home.history.days({ zone, ...(space !== null && { space }) }), [space]);
}
