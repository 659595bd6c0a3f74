import type { VNode } from 'preact';
import { Button, IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { tellLength } from '../files/tell-length.ts';
import { Mic, Square, Trash2 } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import type { VoiceNotes } from './use-voice-note.ts';

export interface RecordingBarProps {
  readonly voice: VoiceNotes;
  readonly onEnd: () => void;
}

/** How long it is already, and how it ends. */
export function RecordingBar({ voice, onEnd }: RecordingBarProps): VNode | null {
  const said = useApp().words.value;
  if (voice.lengthMs === null) return null;
  const end = (how: () => void) => (): void => {
    how();
    onEnd();
  };
  return (
    <div class="above recording" role="group" aria-label={said.voiceNote}>
      <Icon of={Mic} size="small" />
      <span>
        {said.recording}{' '}
        <time role="timer" aria-label={said.recording}>
          {tellLength(voice.lengthMs / 1000)}
        </time>
      </span>
      <IconButton class="small" icon={Trash2} words={said.discardVoice} onPress={end(voice.discard)} />
      <Button class="primary small" icon={Square} words={said.stopRecording} onPress={end(voice.stop)} />
    </div>
  );
}
