import type { RefObject, VNode } from 'preact';
import { Icon } from '../elements/icon.tsx';
import { Hash } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import type { TagCompletion } from './use-tag-completion.ts';

export interface TagListProps {
  readonly completion: TagCompletion;
  readonly box: RefObject<HTMLTextAreaElement | null>;
}

/** What completes the tag that is being typed, above or below its box. The focus stays in the box. */
export function TagList({ completion, box }: TagListProps): VNode {
  const said = useApp().words.value;
  const { id, tags, at, take } = completion;
  return (
    <>
      <p class="unseen" role="status">
        {tags.length > 0 && said.tagsOffered(tags.length)}
      </p>
      {tags.length > 0 && (
        <div class="completions" role="listbox" id={id} aria-label={said.tags}>
          {tags.map((tag, index) => (
            <div
              key={tag.tag}
              id={`${id}-${index}`}
              class="item"
              role="option"
              aria-selected={index === at}
              // A press would take the focus from the box.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => box.current !== null && take(box.current, tag)}
            >
              <Icon of={Hash} size="small" />
              <span dir="auto">{tag.tag}</span>
              <span class="count">{said.notes(tag.notes)}</span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** What a box says of the list to those who don't see it. It stays a text box: a list isn't always there. */
export function describeCompletion({ id, tags, at }: TagCompletion): Readonly<Record<string, string>> {
  if (tags.length === 0) return { 'aria-autocomplete': 'list' };
  return {
    'aria-autocomplete': 'list',
    'aria-controls': id,
    ...(at >= 0 && { 'aria-activedescendant': `${id}-${at}` }),
  };
}
