/** What a stream needs to know of a note to put it in its place. */
export interface Timed {
  readonly id: string;
  /** Milliseconds since 1970 UTC that it stands under: its date, or when it was made. */
  readonly moment: number;
}

/** Notes written soon after one another: one time, then dots. */
export interface NoteGroup<Note extends Timed> {
  readonly notes: readonly Note[];
  /** Something in the group before it, or in it, is where the new notes begin. */
  readonly startsUnread: boolean;
}

/** A day of the reader's zone. */
export interface DatedNotes<Note extends Timed> {
  /** `2026-11-29`. */
  readonly day: string;
  readonly groups: readonly NoteGroup<Note>[];
}

/** Notes within it of the one before belong together. */
const groupGapMs = 10 * 60_000;

/**
 * A stream as it is shown: days of groups of notes.
 *
 * @param notes oldest first
 * @param dayOf the day of a moment in the reader's zone
 * @param firstUnread the note above which "new" stands
 */
export function groupNotes<Note extends Timed>(
  notes: readonly Note[],
  dayOf: (moment: number) => string,
  firstUnread: string | null,
): readonly DatedNotes<Note>[] {
  const days: { day: string; groups: { notes: Note[]; startsUnread: boolean }[] }[] = [];
  let before: Note | null = null;
  for (const note of notes) {
    const day = dayOf(note.moment);
    const startsUnread = note.id === firstUnread;
    const isNewDay = days.at(-1)?.day !== day;
    if (isNewDay) days.push({ day, groups: [] });
    const groups = days.at(-1)?.groups ?? [];
    const isNear = before !== null && note.moment - before.moment <= groupGapMs;
    if (isNewDay || startsUnread || !isNear) groups.push({ notes: [note], startsUnread });
    else groups.at(-1)?.notes.push(note);
    before = note;
  }
  return days;
}
