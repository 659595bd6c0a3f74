import type { SpaceRow } from '@dataans/client';
import type { VNode } from 'preact';
import { IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { Link } from '../elements/link.tsx';
import { Hash, X } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';

export interface TagBarProps {
  readonly space: SpaceRow;
  readonly tag: string;
}

/** Says that only the notes with a tag are shown, and leads out of it. */
export function TagBar({ space, tag }: TagBarProps): VNode {
  const { router, words } = useApp();
  const said = words.value;
  return (
    <div class="tag-bar" role="status">
      <Icon of={Hash} size="small" />
      <strong dir="auto">{tag}</strong>
      <Link to={{ at: 'search', words: `#${tag}`, space: null }}>{said.everywhere}</Link>
      <IconButton
        class="small"
        icon={X}
        words={said.allNotes}
        onPress={() => router.go({ at: 'space', space: space.id, note: null })}
      />
    </div>
  );
}
