import type { SpaceRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { useApp } from '../state/context.ts';
import { Dialog } from '../elements/dialog.tsx';
import { Icon } from '../elements/icon.tsx';
import { glyphOf, hueOf } from '../spaces/space-look.ts';

export interface MoveDialogProps {
  readonly from: EntityId;
  readonly onChoose: (space: SpaceRow) => void;
  readonly onClose: () => void;
}

export function MoveDialog({ from, onChoose, onClose }: MoveDialogProps): VNode {
  const { state, words } = useApp();
  const others = (state.spaces.value ?? []).filter(({ id }) => id !== from);
  return (
    <Dialog title={words.value.moveTo} onClose={onClose}>
      <div class="body choose">
        {others.length === 0 && <p>{words.value.noOtherSpace}</p>}
        {others.map((space, index) => (
          <button
            key={space.id}
            type="button"
            class={`item hue-${hueOf(space)}`}
            autoFocus={index === 0}
            onClick={() => {
              onChoose(space);
              onClose();
            }}
          >
            <Icon of={glyphOf(space)} />
            <span dir="auto">{space.name}</span>
          </button>
        ))}
      </div>
    </Dialog>
  );
}
