import type { RestoreRequest } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { PageHeader } from '../elements/page-header.tsx';
import { History, X } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { BringBack } from './bring-back.tsx';
import { endOfDay } from './days.ts';
import { PastBar } from './past-bar.tsx';
import { PastSpaces } from './past-spaces.tsx';
import { PastStream } from './past-stream.tsx';
import { useChangedDays, usePastNotes, usePastSpaces } from './use-past.ts';

export interface PastPageProps {
  /** `null`: all of them. */
  readonly space: EntityId | null;
  /** `null`: today. */
  readonly day: string | null;
  readonly onOpenSpaces: () => void;
}

/** A space, or everything, as it was at the end of a day, and ways to have it back. */
export function PastPage({ space, day: named, onOpenSpaces }: PastPageProps): VNode {
  const { formats, now, router, words } = useApp();
  const [openedAt] = useState(now);
  const [version, setVersion] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<EntityId> | null>(null);
  const [asked, setAsked] = useState<RestoreRequest | null>(null);
  const today = formats.value.day(openedAt);
  const day = named ?? today;
  // What was written since the page was opened belongs to now, too.
  const moment = day === today ? Number.MAX_SAFE_INTEGER : endOfDay(day);
  const changed = useChangedDays(space);
  const { notes, more } = usePastNotes(space, moment, version);
  const spaces = usePastSpaces(space === null, moment, version);
  const go = (next: string | null): void => {
    setChosen(null);
    router.go({ at: 'past', space, day: next === today ? null : next }, 'replace');
  };
  const toggle = (note: EntityId): void => {
    const next = new Set(chosen);
    if (!next.delete(note)) next.add(note);
    setChosen(next);
  };
  const isPast = day !== today;
  return (
    <main class="main" {...(isPast && { 'data-past': true })}>
      <div class="top">
        <PastHeader space={space} day={isPast ? day : null} onOpenSpaces={onOpenSpaces} />
      </div>
      <div class="scroller from-bottom" role="region" aria-label={words.value.notesRegion} tabIndex={0}>
        {space === null ? (
          <PastSpaces spaces={spaces} day={isPast ? day : null} />
        ) : (
          <PastStream
            notes={notes}
            chosen={chosen}
            onToggle={toggle}
            onMore={more}
            onBringBack={(id) => setAsked({ what: 'notes', ids: [id], at: moment })}
          />
        )}
        {space !== null && notes?.rows.length === 0 && <NothingThen />}
      </div>
      <div class="bottom">
        <PastBar
          day={day}
          today={today}
          changed={changed}
          isEverything={space === null}
          chosen={chosen}
          onDay={go}
          onChoose={() => setChosen(chosen === null ? new Set() : null)}
          onBringBack={() => setAsked(toRequest(space, chosen, moment))}
        />
      </div>
      {asked !== null && (
        <BringBack
          request={asked}
          day={day}
          onDone={() => {
            setChosen(null);
            setVersion((before) => before + 1);
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </main>
  );
}

/** @param day `null`: today */
function PastHeader({ space, day, onOpenSpaces }: PastPageProps): VNode {
  const { formats, router, state, words } = useApp();
  const said = words.value;
  const name = state.spaces.value?.find(({ id }) => id === space)?.name;
  return (
    <PageHeader
      title={space === null ? said.everything : (name ?? said.deletedSpace)}
      more={day === null ? said.now : said.asItWas(formats.value.longDate(endOfDay(day)))}
      onOpenSpaces={onOpenSpaces}
    >
      <IconButton
        icon={X}
        words={said.backToNow}
        onPress={() => router.go(space === null ? { at: 'start' } : { at: 'space', space, note: null })}
      />
    </PageHeader>
  );
}

function NothingThen(): VNode {
  return (
    <div class="empty">
      <Icon of={History} />
      <h2>{useApp().words.value.nothingThen}</h2>
    </div>
  );
}

function toRequest(space: EntityId | null, chosen: ReadonlySet<EntityId> | null, at: number): RestoreRequest {
  if (chosen !== null) return { what: 'notes', ids: [...chosen], at };
  return space === null ? { what: 'everything', at } : { what: 'space', id: space, at };
}
