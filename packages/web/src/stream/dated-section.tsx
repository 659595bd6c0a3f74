import type { NoteRow } from '@dataans/client';
import type { ComponentChild, VNode } from 'preact';
import { useApp } from '../state/context.ts';
import type { DatedNotes, PlacedNote } from './group-notes.ts';

export interface DatedSectionProps {
  readonly dated: DatedNotes<NoteRow>;
  readonly children: (placed: PlacedNote<NoteRow>) => ComponentChild;
}

/** A day: a heading, and a feed of its notes for those who listen. */
export function DatedSection({ dated, children }: DatedSectionProps): VNode {
  const { words, formats, now } = useApp();
  const { dayNumber, weekday, month, monthAndYear, day } = formats.value;
  const id = `day-${dated.day}`;
  const moment = Date.parse(`${dated.day}T12:00`);
  const isToday = dated.day === day(now());
  const isThisYear = dated.day.slice(0, 4) === day(now()).slice(0, 4);
  const name = isToday ? words.value.today : weekday(moment);
  const monthName = isThisYear ? month(moment) : monthAndYear(moment);
  return (
    <section class="dated" {...(isToday && { 'data-today': true })}>
      <span class="number" aria-hidden="true">
        {dayNumber(moment)}
      </span>
      <h2 class="name" id={id}>
        {name}{' '}
        <span class="month">
          <span class="unseen">{dayNumber(moment)} </span>
          {isToday ? `${weekday(moment)}, ${monthName}` : monthName}
        </span>
      </h2>
      <div class="notes" role="feed" aria-labelledby={id}>
        {dated.notes.flatMap((placed) => [
          placed.startsUnread && (
            <div key="unread" class="unread" aria-hidden="true">
              <span>{words.value.newMark}</span>
            </div>
          ),
          children(placed),
        ])}
      </div>
    </section>
  );
}
