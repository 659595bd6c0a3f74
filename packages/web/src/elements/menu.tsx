import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { IconNode } from '../icons/icons.ts';
import { Icon } from './icon.tsx';

export interface MenuItem {
  readonly icon: IconNode;
  readonly words: string;
  readonly key?: string;
  readonly isDanger?: boolean;
  /** The hue of a space, to colour the icon. */
  readonly hue?: string;
  readonly act: () => void;
}

export interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Where it opens: beside what was pressed. */
  readonly at: DOMRect;
  readonly onClose: () => void;
}

const gapPx = 4;
const edgePx = 8;

/** On a narrow screen a sheet that comes from below: the style sheet says so. */
export function Menu({ label, items, at, onClose }: MenuProps): VNode {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = menu.current;
    if (shown === null) return undefined;
    const before = document.activeElement;
    shown.showPopover();
    place(shown, at);
    shown.querySelector<HTMLElement>('.item')?.focus();
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, [at]);
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      aria-label={label}
      popover="auto"
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
      onKeyDown={(event) => moveFocus(event, menu.current)}
    >
      {items.map(({ icon, words, key, isDanger, hue, act }, index) => (
        <button
          key={index}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={['item', isDanger && 'danger', hue && `hue-${hue}`].filter(Boolean).join(' ')}
          onClick={() => {
            menu.current?.hidePopover();
            act();
          }}
        >
          <Icon of={icon} />
          <span dir="auto">{words}</span>
          {key && (
            <span class="keys">
              <kbd class="key">{key}</kbd>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** Below what was pressed, above it without room below, and never beyond the window. */
function place(menu: HTMLElement, at: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const { clientWidth, clientHeight } = document.documentElement;
  const below = at.bottom + gapPx;
  const top = below + height <= clientHeight - edgePx ? below : Math.max(edgePx, at.top - gapPx - height);
  const left = Math.max(edgePx, Math.min(at.right - width, clientWidth - width - edgePx));
  menu.style.setProperty('top', `${top}px`);
  menu.style.setProperty('left', `${left}px`);
}

function moveFocus(event: KeyboardEvent, menu: HTMLElement | null): void {
  const items = [...(menu?.querySelectorAll<HTMLElement>('.item') ?? [])];
  const at = items.findIndex((item) => item === document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next === items.length ? 0 : next)?.focus();
}
