import type { IconNode } from '../icons/icons.ts';
import {
  History,
  Keyboard,
  Moon,
  Plus,
  RefreshCw,
  Search,
  Settings,
  Sun,
  Terminal,
  Trash2,
} from '../icons/icons.ts';
import type { Action } from '../palette/action.ts';
import { glyphOf, hueOf } from '../spaces/space-look.ts';
import type { App } from '../state/context.ts';

export interface ActionDependencies {
  readonly newSpace: () => void;
  readonly openPalette: () => void;
  readonly openKeys: () => void;
}

/** Everything that can be done from anywhere, in one table: the keys, the palette and its help read it. */
export function createActions(
  { router, settings, changeSettings, home, state, words }: App,
  { newSpace, openPalette, openKeys }: ActionDependencies,
): readonly Action[] {
  const said = words.value;
  const isDark = document.documentElement.matches('[data-theme="dark"]');
  const focusField = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();
  const make = (icon: IconNode, name: string, act: () => void, key: string | null = null): Action => ({
    id: name,
    icon,
    name,
    key,
    hue: null,
    act,
  });
  return [
    make(Terminal, said.commands, openPalette, 'Ctrl+K'),
    make(Keyboard, said.allKeys, openKeys, '?'),
    make(Search, said.searchEverywhere, () => router.go({ at: 'search', words: '', space: null }), '/'),
    make(Plus, said.writeHere, () => focusField('.composer textarea'), 'n'),
    make(Plus, said.newSpace, newSpace, 's'),
    make(RefreshCw, said.syncNow, () => void home.sync.retry()),
    make(isDark ? Sun : Moon, isDark ? said.lightMode : said.darkMode, () =>
      changeSettings({ theme: settings.value.theme === 'dark' ? 'light' : 'dark' }),
    ),
    make(History, said.earlierDays, () => {
      const place = router.place.peek();
      router.go({ at: 'past', space: place.at === 'space' ? place.space : null, day: null });
    }),
    make(Trash2, said.trash, () => router.go({ at: 'trash' })),
    make(RefreshCw, said.sync, () => router.go({ at: 'sync' })),
    make(Settings, said.settings, () => router.go({ at: 'settings' }), ','),
    ...(state.spaces.value ?? []).map((space) => ({
      ...make(glyphOf(space), space.name, () => router.go({ at: 'space', space: space.id, note: null })),
      id: space.id,
      hue: hueOf(space),
    })),
  ];
}
