import type { ComponentChildren, VNode } from 'preact';
import { Mark } from '../elements/icon.tsx';
import type { Words } from '../words/words.ts';

export interface FrameProps {
  readonly words: Words;
  readonly children: ComponentChildren;
}

/** What is around each step before the notes. */
export function Frame({ words, children }: FrameProps): VNode {
  return (
    <div class="first">
      <header>
        <Mark />
        <span>{words.app}</span>
      </header>
      <main>{children}</main>
      <footer>
        <span>{location.host}</span>
        <span>{words.firstRunFoot}</span>
      </footer>
    </div>
  );
}
