import type { SpaceRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { Button } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { later } from '../elements/later.tsx';
import { PageHeader } from '../elements/page-header.tsx';
import { Inbox } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { StreamPage } from '../stream/stream-page.tsx';

const HistoryPage = later(async () => (await import('../history/history-page.tsx')).HistoryPage);
const PastPage = later(async () => (await import('../past/past-page.tsx')).PastPage);
const SearchPage = later(async () => (await import('../search/search-page.tsx')).SearchPage);
const SettingsPage = later(async () => (await import('../settings/settings-page.tsx')).SettingsPage);
const SyncPage = later(async () => (await import('../sync/sync-page.tsx')).SyncPage);
const TrashPage = later(async () => (await import('../trash/trash-page.tsx')).TrashPage);

export interface MainPlaceProps {
  readonly onOpenSpaces: () => void;
  readonly onNewSpace: () => void;
  readonly onEditSpace: (space: SpaceRow) => void;
}

/** What the address names, beside the spaces. */
export function MainPlace({ onOpenSpaces, onNewSpace, onEditSpace }: MainPlaceProps): VNode {
  const { router, state } = useApp();
  const place = router.place.value;
  const spaces = state.spaces.value;
  switch (place.at) {
    case 'search':
      // Ids in addresses are taken as they are: one that nobody has finds nothing.
      return (
        <SearchPage words={place.words} space={place.space as EntityId | null} onOpenSpaces={onOpenSpaces} />
      );
    case 'history':
      return <HistoryPage key={place.note} note={place.note as EntityId} />;
    case 'past':
      return (
        <PastPage
          key={place.space}
          space={place.space as EntityId | null}
          day={place.day}
          onOpenSpaces={onOpenSpaces}
        />
      );
    case 'trash':
      return <TrashPage onOpenSpaces={onOpenSpaces} />;
    case 'settings':
      return <SettingsPage onOpenSpaces={onOpenSpaces} />;
    case 'sync':
      return <SyncPage onOpenSpaces={onOpenSpaces} />;
    case 'space': {
      const space = spaces?.find(({ id }) => id === place.space);
      if (space === undefined) return <NoSpace onOpenSpaces={onOpenSpaces} onNewSpace={onNewSpace} />;
      return (
        <StreamPage
          key={space.id}
          space={space}
          note={place.note as EntityId | null}
          tag={place.tag ?? null}
          onOpenSpaces={onOpenSpaces}
          onEditSpace={() => onEditSpace(space)}
        />
      );
    }
    default:
      return <NoSpace onOpenSpaces={onOpenSpaces} onNewSpace={onNewSpace} />;
  }
}

/** No space is open: there is none, it is gone, or none was chosen. */
function NoSpace({ onOpenSpaces, onNewSpace }: Omit<MainPlaceProps, 'onEditSpace'>): VNode {
  const { router, state, words } = useApp();
  const said = words.value;
  const spaces = state.spaces.value;
  const isGone = router.place.value.at === 'space';
  return (
    <main class="main">
      <div class="top">
        <PageHeader title={said.app} onOpenSpaces={onOpenSpaces} />
      </div>
      <div class="scroller" tabIndex={-1}>
        {spaces !== null && (
          <div class="empty">
            <Icon of={Inbox} />
            {spaces.length === 0 ? (
              <>
                <h2>{said.firstSpace}</h2>
                <p>{said.firstSpaceLead}</p>
                <div class="do">
                  <Button class="primary" words={said.create} onPress={onNewSpace} />
                </div>
              </>
            ) : (
              <h2>{isGone ? said.noSpaceHere : said.chooseSpace}</h2>
            )}
          </div>
        )}
      </div>
    </main>
  );
}
