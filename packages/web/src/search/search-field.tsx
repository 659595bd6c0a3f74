import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { Search, X } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';

/** Typing in it shows what is found; Escape goes back to where one was. */
export function SearchField(): VNode {
  const { router, words } = useApp();
  const said = words.value;
  const place = router.place.value;
  const typed = place.at === 'search' ? place.words : '';
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (place.at === 'search' && document.activeElement?.matches('.result') !== true) field.current?.focus();
  }, [place.at]);

  const search = (text: string): void => {
    const now = router.place.peek();
    const space = now.at === 'search' ? now.space : null;
    // One step in the history for all that is typed.
    router.go({ at: 'search', words: text, space }, now.at === 'search' ? 'replace' : 'push');
  };
  return (
    <div class="search-field" role="search">
      <Icon of={Search} size="small" />
      <input
        ref={field}
        type="search"
        value={typed}
        aria-label={said.search}
        placeholder={said.searchEverywhere}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        onInput={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Escape' && place.at === 'search') {
            event.preventDefault();
            router.back();
          }
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            const first = document.querySelector<HTMLElement>('.result');
            if (event.key === 'Enter') first?.click();
            else first?.focus();
          }
        }}
      />
      {place.at === 'search' ? (
        <IconButton class="small" icon={X} words={said.close} onPress={() => router.back()} />
      ) : (
        <span class="keys" aria-hidden="true">
          <kbd class="key">/</kbd>
        </span>
      )}
    </div>
  );
}
