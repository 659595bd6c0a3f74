import type { VNode } from 'preact';
import { Icon } from '../elements/icon.tsx';
import { Pause, Play } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';

export interface PlayButtonProps {
  readonly isPlaying: boolean;
  /** Of the file. */
  readonly name: string;
  readonly onPress: () => void;
}

export function PlayButton({ isPlaying, name, onPress }: PlayButtonProps): VNode {
  const said = useApp().words.value;
  return (
    <button
      type="button"
      class="play"
      aria-label={`${isPlaying ? said.pause : said.play}: ${name}`}
      onClick={onPress}
    >
      <Icon of={isPlaying ? Pause : Play} />
    </button>
  );
}
