import type { DayCount } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ChevronLeft, ChevronRight } from 'lucide';
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
  const { home, formats, words, settings, now } = useApp();
  const said = words.value;
  const today = formats.value.day(now());
  const [days, setDays] = useState<ReadonlyMap<string, DayCount>>(new Map());
  const [month, setMonth] = useState(() => monthOf(today));
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    void home.notes.days(space, zone).then((counts) => {
      setDays(new Map(counts.map((count) => [count.day, count])));
      const last = counts.at(-1);
      if (last !== undefined) setMonth(monthOf(last.day));
    });
  }, [space]);
  const { weekdays, weeks } = weeksOf(month, settings.value.language);
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
                    {day !== null && (
                      <button
                        type="button"
                        class={classOf(days.get(day))}
                        disabled={!days.has(day)}
                        aria-label={said.notes(days.get(day)?.notes ?? 0) + `, ${Number(day.slice(-2))}`}
                        {...(day === today && { 'aria-current': 'date' })}
                        onClick={() => {
                          onChoose(days.get(day)?.from ?? now());
                          onClose();
                        }}
                      >
                        {Number(day.slice(-2))}
                      </button>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}

const some = 4;
const many = 12;

function classOf(count: DayCount | undefined): string {
  if (count === undefined) return '';
  if (count.notes >= many) return 'many';
  return count.notes >= some ? 'some' : 'few';
}
