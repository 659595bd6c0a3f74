import type { FoundNote, SearchResult, SpaceRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { Fragment } from 'preact';
import type { ComponentChild, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { Link } from '../elements/link.tsx';
import { useIsNarrow } from '../elements/use-narrow.ts';
import { Menu, X } from '../icons/icons.ts';
import { glyphOf, hueOf } from '../spaces/space-look.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { markSpans } from './mark-spans.ts';
import { SearchField } from './search-field.tsx';
import { TagCloud } from './tag-cloud.tsx';

export interface SearchPageProps {
  readonly words: string;
  readonly space: EntityId | null;
  readonly onOpenSpaces: () => void;
}

const hitsMax = 100;
/** A screen of them; drawing more at once would keep who types waiting. */
const hitsPerFrame = 20;

/** What is found while one types, by space; a hit leads to its note. */
export function SearchPage({ words: typed, space, onOpenSpaces }: SearchPageProps): VNode {
  const { router, state, words } = useApp();
  const said = words.value;
  const isNarrow = useIsNarrow();
  const result = useSearch(typed, space);
  const spaces = state.spaces.value ?? [];
  const within = spaces.find(({ id }) => id === space);
  return (
    <main class="main">
      <div class="top">
        <div class="search-top">
          <h1 class="unseen">{said.search}</h1>
          <IconButton class="back" icon={Menu} words={said.spaces} onPress={onOpenSpaces} />
          <div class="search-row">
            {isNarrow ? <SearchField /> : <p class="quiet">{typed === '' && said.searchHint}</p>}
            {within !== undefined && (
              <span class={`in hue-${hueOf(within)}`}>
                <Icon of={glyphOf(within)} size="tiny" />
                <span dir="auto">{within.name}</span>
                <IconButton
                  class="small"
                  icon={X}
                  words={said.everywhere}
                  onPress={() => router.go({ at: 'search', words: typed, space: null }, 'replace')}
                />
              </span>
            )}
          </div>
        </div>
      </div>
      <div class="scroller" tabIndex={-1} onKeyDown={walkResults}>
        {typed.trim() === '' && <TagCloud space={space} />}
        {result !== null && typed.trim() !== '' && <Results typed={typed} result={result} spaces={spaces} />}
      </div>
    </main>
  );
}

function useSearch(typed: string, space: EntityId | null): SearchResult | null {
  const { home, notices, words } = useApp();
  const [result, setResult] = useState<SearchResult | null>(null);
  useEffect(() => {
    if (typed.trim() === '') {
      setResult(null);
      return undefined;
    }
    return home.live.search(
      { words: typed, limit: hitsMax, ...(space !== null && { space }) },
      setResult,
      (error) => notices.show(tellError(error, words.peek())),
    );
  }, [typed, space]);
  return result;
}

interface ResultsProps {
  readonly typed: string;
  readonly result: SearchResult;
  readonly spaces: readonly SpaceRow[];
}

function Results({ typed, result, spaces }: ResultsProps): VNode {
  const said = useApp().words.value;
  const { hits, more, indexing } = result;
  const drawn = useDrawn(typed, hits.length);
  if (hits.length === 0)
    return (
      <div class="empty" role="status">
        <h2>{said.nothingFound(typed)}</h2>
        <p>{indexing === null ? said.nothingFoundLead : said.indexing}</p>
      </div>
    );
  const bySpace = Map.groupBy(hits.slice(0, drawn), ({ note }) => note.space);
  return (
    <div class="results" role="region" aria-label={said.results}>
      <p class="sum" role="status">
        <span>{more ? said.foundMore(hits.length) : said.found(hits.length)}</span>
        {indexing !== null && <span>{said.indexing}</span>}
      </p>
      {[...bySpace].map(([id, found]) => {
        const space = spaces.find((one) => one.id === id);
        return (
          <Fragment key={id}>
            {space !== undefined && (
              <h2 class={`where hue-${hueOf(space)}`}>
                <Icon of={glyphOf(space)} />
                <span dir="auto">{space.name}</span>
                <span class="count">{hits.filter(({ note }) => note.space === id).length}</span>
              </h2>
            )}
            {found.map((hit) => (
              <Hit key={hit.note.id} hit={hit} />
            ))}
          </Fragment>
        );
      })}
    </div>
  );
}

/** How many hits are drawn: a screen of them at once, then some more with each frame. */
function useDrawn(typed: string, hits: number): number {
  const [last, setLast] = useState({ typed, drawn: hitsPerFrame });
  const drawn = last.typed === typed ? last.drawn : hitsPerFrame;
  useEffect(() => {
    if (drawn >= hits) return undefined;
    const frame = requestAnimationFrame(() => setLast({ typed, drawn: drawn + hitsPerFrame }));
    return () => cancelAnimationFrame(frame);
  }, [typed, drawn, hits]);
  return drawn;
}

function Hit({ hit }: { readonly hit: FoundNote }): VNode {
  const { formats, now } = useApp();
  const { note, excerpt } = hit;
  return (
    <Link to={{ at: 'space', space: note.space, note: note.id }} class="result">
      <time>{formats.value.short(note.moment, now())}</time>
      <div>
        <div class="text" dir="auto">
          {markSpans(excerpt.text, excerpt.spans).map((part, index): ComponentChild =>
            part.isHit ? <mark key={index}>{part.text}</mark> : part.text,
          )}
        </div>
      </div>
      <span class="go" aria-hidden="true">
        <span class="keys">
          <kbd class="key">↵</kbd>
        </span>
      </span>
    </Link>
  );
}

function walkResults(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement)) return;
  const all = [...document.querySelectorAll<HTMLElement>('.result')];
  const at = all.findIndex((hit) => hit === event.target);
  const next = all[at + step] ?? (step < 0 ? document.querySelector<HTMLElement>('[type=search]') : null);
  if (next === null) return;
  event.preventDefault();
  next.focus();
}
