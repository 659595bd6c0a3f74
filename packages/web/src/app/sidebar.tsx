import type { SpaceRow } from '@dataans/client';
import type { VNode } from 'preact';
import { Plus, Settings, Trash2 } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { IconButton } from '../elements/button.tsx';
import { Icon, Mark } from '../elements/icon.tsx';
import { Link } from '../elements/link.tsx';
import { SearchField } from '../search/search-field.tsx';
import { SyncStatus } from '../sync/sync-status.tsx';
import { planMove } from '../spaces/plan-move.ts';
import { glyphOf, hueOf } from '../spaces/space-look.ts';

export interface SidebarProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onNewSpace: () => void;
}

export function Sidebar({ isOpen, onClose, onNewSpace }: SidebarProps): VNode {
  const { home, notices, words, state, router } = useApp();
  const said = words.value;
  const spaces = state.spaces.value ?? [];
  const place = router.place.value;
  const current = place.at === 'space' ? place.space : null;
  const pinned = spaces.filter((space) => space.pinned);
  const others = spaces.filter((space) => !space.pinned);
  const move = async (id: string, by: -1 | 1): Promise<void> => {
    try {
      for (const { space, order } of planMove(spaces, id, by)) await home.spaces.edit(space.id, { order });
    } catch (error) {
      notices.show(tellError(error, said));
    }
  };
  const list = (rows: readonly SpaceRow[]): VNode => (
    <ul>
      {rows.map((row) => (
        <li key={row.id}>
          <SpaceLink
            space={row}
            isCurrent={row.id === current}
            onFollow={onClose}
            onMove={(by) => void move(row.id, by)}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <nav class={isOpen ? 'sidebar open' : 'sidebar'} aria-label={said.spaces}>
      <div class="top">
        <div class="brand">
          <Mark />
          <span>{said.app}</span>
          <IconButton icon={Plus} words={said.newSpace} onPress={onNewSpace} />
        </div>
        <SearchField />
      </div>
      <div class="spaces">
        {pinned.length > 0 && list(pinned)}
        {pinned.length > 0 && others.length > 0 && <hr />}
        {others.length > 0 && list(others)}
      </div>
      <div class="foot">
        <SyncStatus />
        <Link to={{ at: 'trash' }} class="icon-button" aria-label={said.trash} onFollow={onClose}>
          <Icon of={Trash2} />
        </Link>
        <Link to={{ at: 'settings' }} class="icon-button" aria-label={said.settings} onFollow={onClose}>
          <Icon of={Settings} />
        </Link>
      </div>
    </nav>
  );
}

interface SpaceLinkProps {
  readonly space: SpaceRow;
  readonly isCurrent: boolean;
  readonly onFollow: () => void;
  readonly onMove: (by: -1 | 1) => void;
}

function SpaceLink({ space, isCurrent, onFollow, onMove }: SpaceLinkProps): VNode {
  const { words, formats, now, drafts } = useApp();
  const { last, unread } = space;
  const draft = isCurrent ? '' : drafts.read({ kind: 'space', id: space.id });
  return (
    <Link
      to={{ at: 'space', space: space.id, note: null }}
      class={`space hue-${hueOf(space)}`}
      onFollow={onFollow}
      onKeyDown={(event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (by === undefined || !event.altKey) return;
        event.preventDefault();
        onMove(by < 0 ? -1 : 1);
      }}
      {...(isCurrent && { 'aria-current': 'page' })}
    >
      <Icon of={glyphOf(space)} />
      <span class="name" dir="auto">
        {space.name}
      </span>
      <time>{last === null ? '' : formats.value.short(last.moment, now())}</time>
      <span class="last" dir="auto">
        {draft === '' ? (
          lastWords(space) || words.value.noNotesYet
        ) : (
          <>
            <span class="draft">{words.value.draft}</span> {draft}
          </>
        )}
      </span>
      <span class="mark">
        {unread > 0 && !isCurrent && <i class="new" role="img" aria-label={words.value.newNotes(unread)} />}
      </span>
    </Link>
  );
}

function lastWords({ last }: SpaceRow): string {
  if (last === null) return '';
  return last.title === '' ? (last.files[0]?.name ?? '') : last.title;
}
