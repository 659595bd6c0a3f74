/** What a stream needs to know of a note to put it in its place. */
export interface Timed {
  readonly id: string;
  /** Milliseconds since 1970 UTC that it stands under: its date, or when it was made. */
  readonly moment: number;
}

/** A note where it stands: one that follows closely on another has a dot in the place of its time. */
export interface PlacedNote<Note extends Timed> {
  readonly note: Note;
  /** Written soon after the one before, on the same day. */
  readonly follows: boolean;
  /** The first of those that were not read. */
  readonly startsUnread: boolean;
}

/** A day of the reader's zone. */
export interface DatedNotes<Note extends Timed> {
  /** `2026-11-29`. */
  readonly day: string;
  readonly notes: readonly PlacedNote<Note>[];
}

/** Notes within it of the one before belong together. */
const groupGapMs = 10 * 60_000;

/**
 * A stream as it is shown: days of notes, and which of them belong together.
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
  const days: { day: string; notes: PlacedNote<Note>[] }[] = [];
  let before: Note | null = null;
  for (const note of notes) {
    const day = dayOf(note.moment);
    const startsUnread = note.id === firstUnread;
    const isNewDay = days.at(-1)?.day !== day;
    if (isNewDay) days.push({ day, notes: [] });
    const isNear = before !== null && note.moment - before.moment <= groupGapMs;
    days.at(-1)?.notes.push({ note, follows: isNear && !isNewDay && !startsUnread, startsUnread });
    before = note;
  }
  return days;
}
