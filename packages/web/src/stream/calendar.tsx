import type { DayCount } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ChevronLeft, ChevronRight } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { Dialog } from '../elements/dialog.tsx';
import { monthOf, shiftMonth, weeksOf } from './month-days.ts';

export interface CalendarProps {
  readonly space: EntityId;
  readonly onChoose: (moment: number) => void;
  readonly onClose: () => void;
}

/** Days that have notes, the darker the more; a press goes there. */
export function Calendar({ space, onChoose, onClose }: CalendarProps): VNode {
  const { formats, words, now } = useApp();
  const said = words.value;
  const [month, setMonth] = useState(() => monthOf(formats.value.day(now())));
  const days = useDays(space, (last) => setMonth(monthOf(last)));
  return (
    <Dialog title={said.jumpToDay} onClose={onClose} bare class="high around-calendar">
      <div class="calendar">
        <div class="head">
          <strong>{formats.value.monthAndYear(Date.parse(`${month}-15T12:00`))}</strong>
          <IconButton
            class="small"
            icon={ChevronLeft}
            words={said.previous}
            onPress={() => setMonth(shiftMonth(month, -1))}
          />
          <IconButton
            class="small"
            icon={ChevronRight}
            words={said.next}
            onPress={() => setMonth(shiftMonth(month, 1))}
          />
        </div>
        <Month
          month={month}
          days={days}
          onChoose={(moment) => {
            onChoose(moment);
            onClose();
          }}
        />
      </div>
    </Dialog>
  );
}

function useDays(space: EntityId, onLast: (day: string) => void): ReadonlyMap<string, DayCount> {
  const { home } = useApp();
  const [days, setDays] = useState<ReadonlyMap<string, DayCount>>(new Map());
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    void home.notes.days(space, zone).then((counts) => {
      setDays(new Map(counts.map((count) => [count.day, count])));
      const last = counts.at(-1);
      if (last !== undefined) onLast(last.day);
    });
  }, [space]);
  return days;
}

interface MonthProps {
  readonly month: string;
  readonly days: ReadonlyMap<string, DayCount>;
  readonly onChoose: (moment: number) => void;
}

function Month({ month, days, onChoose }: MonthProps): VNode {
  const { weekdays, weeks } = weeksOf(month, useApp().settings.value.language);
  return (
    <table>
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.join()}>
            {week.map((day, index) => (
              <td key={day ?? index}>
                {day !== null && <Day day={day} count={days.get(day)} onChoose={onChoose} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayProps {
  readonly day: string;
  readonly count: DayCount | undefined;
  readonly onChoose: (moment: number) => void;
}

function Day({ day, count, onChoose }: DayProps): VNode {
  const { formats, now, words } = useApp();
  const number = Number(day.slice(-2));
  return (
    <button
      type="button"
      class={classOf(count)}
      disabled={count === undefined}
      aria-label={`${words.value.notes(count?.notes ?? 0)}, ${number}`}
      {...(day === formats.value.day(now()) && { 'aria-current': 'date' })}
      onClick={() => onChoose(count?.from ?? now())}
    >
      {number}
    </button>
  );
}

const some = 4;
const many = 12;

function classOf(count: DayCount | undefined): string {
  if (count === undefined) return '';
  if (count.notes >= many) return 'many';
  return count.notes >= some ? 'some' : 'few';
}
