import type { SpaceRow } from '@dataans/client';
import type { VNode } from 'preact';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { CalendarDays, Ellipsis, History, Menu, Search } from '../icons/icons.ts';
import { glyphOf, hueOf } from '../spaces/space-look.ts';
import { useApp } from '../state/context.ts';

export interface StreamHeaderProps {
  readonly space: SpaceRow;
  readonly onOpenSpaces: () => void;
  readonly onEditSpace: () => void;
  readonly onCalendar: () => void;
}

export function StreamHeader({ space, onOpenSpaces, onEditSpace, onCalendar }: StreamHeaderProps): VNode {
  const { router, words } = useApp();
  const said = words.value;
  return (
    <header class="header">
      <IconButton class="back" icon={Menu} words={said.spaces} onPress={onOpenSpaces} />
      <div class={`title hue-${hueOf(space)}`}>
        <Icon of={glyphOf(space)} />
        <h1 dir="auto">{space.name}</h1>
        <span class="count">{space.notes === 0 ? said.noNotesYet : said.notes(space.notes)}</span>
      </div>
      <IconButton
        icon={Search}
        words={said.searchHere}
        onPress={() => router.go({ at: 'search', words: '', space: space.id })}
      />
      <IconButton icon={CalendarDays} words={said.jumpToDay} onPress={onCalendar} />
      <IconButton
        class="when-wide"
        icon={History}
        words={said.earlierDays}
        onPress={() => router.go({ at: 'past', space: space.id, day: null })}
      />
      <IconButton icon={Ellipsis} words={said.editSpace} onPress={onEditSpace} />
    </header>
  );
}
