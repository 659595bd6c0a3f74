import type { TagCount } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Link } from '../elements/link.tsx';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

/** The tags of a space, or of all: what one can look for without typing. */
export function TagCloud({ space }: { readonly space: EntityId | null }): VNode | null {
  const { home, notices, words } = useApp();
  const said = words.value;
  const [tags, setTags] = useState<readonly TagCount[]>([]);
  useEffect(
    () =>
      home.live.tags(space === null ? {} : { space }, setTags, (error) =>
        notices.show(tellError(error, words.peek())),
      ),
    [space],
  );
  if (tags.length === 0) return null;
  return (
    <section class="tag-cloud" aria-labelledby="tags">
      <h2 id="tags">{said.tags}</h2>
      <ul>
        {tags.map(({ tag, notes }) => (
          <li key={tag}>
            <Link
              to={
                space === null
                  ? { at: 'search', words: `#${tag}`, space }
                  : { at: 'space', space, note: null, tag }
              }
            >
              <span dir="auto">#{tag}</span>
              <span class="count" aria-label={said.notes(notes)}>
                {notes}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
