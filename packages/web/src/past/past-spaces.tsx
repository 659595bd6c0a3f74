import type { PastSpace } from '@dataans/client';
import type { VNode } from 'preact';
import { Icon } from '../elements/icon.tsx';
import { Link } from '../elements/link.tsx';
import { glyphOf, hueOf } from '../spaces/space-look.ts';
import { useApp } from '../state/context.ts';

export interface PastSpacesProps {
  /** `null`: not known yet. */
  readonly spaces: readonly PastSpace[] | null;
  /** `null`: today. */
  readonly day: string | null;
}

/** The spaces that there were; each leads to its notes then. */
export function PastSpaces({ spaces, day }: PastSpacesProps): VNode {
  const { state, words } = useApp();
  const said = words.value;
  const now = new Set(state.spaces.value?.map(({ id }) => id));
  return (
    <div class="page">
      {spaces?.length === 0 && <p class="lead">{said.noSpaceThen}</p>}
      <ul class="past-spaces" aria-label={said.spaces}>
        {spaces?.map((space) => (
          <li key={space.id} class={`hue-${hueOf(space)}`}>
            <Icon of={glyphOf(space)} />
            <Link to={{ at: 'past', space: space.id, day }}>
              <span dir="auto">{space.name}</span>
            </Link>
            {!now.has(space.id) && <span class="quiet">{said.deletedSince}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
