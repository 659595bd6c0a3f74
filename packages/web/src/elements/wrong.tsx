import type { VNode } from 'preact';
import { CircleAlert } from '../icons/icons.ts';
import { Icon } from './icon.tsx';

/** What is wrong with what was typed, below its field. */
export function Wrong({ words }: { readonly words: string }): VNode {
  return (
    <p class="wrong">
      <Icon of={CircleAlert} size="tiny" />
      {words}
    </p>
  );
}
