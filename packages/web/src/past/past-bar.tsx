import type { ChangedDay } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { Undo2 } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { addDays, countDays, endOfDay, toBars } from './days.ts';

export interface PastBarProps {
  readonly day: string;
  readonly today: string;
  /** `null`: not known yet. */
  readonly changed: readonly ChangedDay[] | null;
  readonly isEverything: boolean;
  /** Notes that are to come back; `null`: they aren't being chosen. */
  readonly chosen: ReadonlySet<EntityId> | null;
  readonly onDay: (day: string | null) => void;
  readonly onChoose: () => void;
  readonly onBringBack: () => void;
}

/** The days from the first change to today: one is shown, and can be had back. */
export function PastBar(props: PastBarProps): VNode {
  const { day, today, changed, onDay } = props;
  const { formats, words } = useApp();
  const said = words.value;
  const isPast = day !== today;
  const ago = countDays(day, today);
  return (
    <div class="past-bar" role="region" aria-label={said.time}>
      <div class="say">
        <h2>
          {isPast ? formats.value.longDate(endOfDay(day)) : said.today}{' '}
          {isPast && <span>{said.daysAgo(ago)}</span>}
        </h2>
        {isPast && <Button class="small" words={said.backToNow} onPress={() => onDay(null)} />}
      </div>
      <DaySlider day={day} today={today} changed={changed ?? []} onDay={onDay} />
      <BarDoings {...props} />
    </div>
  );
}

interface DaySliderProps extends Pick<PastBarProps, 'day' | 'today' | 'onDay'> {
  readonly changed: readonly ChangedDay[];
}

const barsMax = 90;
const [barPx, gapPx, heightPx] = [4, 3, 32];

function DaySlider({ day, today, changed, onDay }: DaySliderProps): VNode {
  const { formats, words } = useApp();
  const said = words.value;
  const id = useId();
  const known = changed[0]?.day ?? today;
  const first = known < today ? known : today;
  const days = countDays(first, today) + 1;
  const at = Math.max(0, countDays(first, day));
  const bars = toBars(new Map(changed.map((one) => [one.day, one.changes])), { first, days, barsMax });
  const shownBar = Math.floor((at * bars.length) / days);
  const choose = (chosen: string): void => {
    // A field for dates gives nothing while one types.
    if (chosen >= first && chosen <= today) onDay(chosen);
  };
  return (
    <>
      <svg
        class="days"
        aria-hidden="true"
        viewBox={`0 0 ${bars.length * (barPx + gapPx) - gapPx} ${heightPx}`}
        preserveAspectRatio="none"
      >
        {bars.map((height, index) => (
          <rect
            key={index}
            class={index === shownBar ? 'on' : ''}
            x={index * (barPx + gapPx)}
            y={heightPx - Math.max(2, height * heightPx)}
            width={barPx}
            height={Math.max(2, height * heightPx)}
            rx="1.5"
          />
        ))}
      </svg>
      <input
        class="range"
        type="range"
        min={0}
        max={days - 1}
        value={at}
        disabled={days === 1}
        aria-label={said.day}
        aria-valuetext={formats.value.longDate(endOfDay(day))}
        onInput={(event) => onDay(addDays(first, event.currentTarget.valueAsNumber))}
      />
      <div class="ends">
        <span>{formats.value.longDate(endOfDay(first))}</span>
        <label for={id}>{said.date}</label>
        <input
          class="input"
          id={id}
          type="date"
          min={first}
          max={today}
          value={day}
          onInput={(event) => choose(event.currentTarget.value)}
        />
      </div>
    </>
  );
}

function BarDoings({ day, today, isEverything, chosen, onChoose, onBringBack }: PastBarProps): VNode {
  const said = useApp().words.value;
  if (day === today) return <p class="do">{said.chooseDay}</p>;
  const all = isEverything ? said.bringEverythingBack : said.bringSpaceBack;
  return (
    <div class="do">
      <p>{said.bringingBackAdds}</p>
      {!isEverything && (
        <Button
          class="bare"
          words={chosen === null ? said.chooseNotes : said.stopSelecting}
          onPress={onChoose}
        />
      )}
      {(chosen === null || chosen.size > 0) && (
        <Button
          class="primary"
          icon={Undo2}
          words={chosen === null ? all : said.bringNotesBack(chosen.size)}
          onPress={onBringBack}
        />
      )}
    </div>
  );
}
