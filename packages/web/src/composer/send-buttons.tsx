import type { VNode } from 'preact';
import { ArrowUp, Camera, Mic } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { FileChooser } from '../elements/file-chooser.tsx';
import { Icon } from '../elements/icon.tsx';

export interface SendButtonsProps {
  readonly canSend: boolean;
  readonly isSealing: boolean;
  readonly onAttach: (files: Iterable<File>) => void;
  /** `null` while one is recorded already. */
  readonly onRecord: (() => void) | null;
}

/** Sends what is in the box; what one can begin with instead, if there is nothing. */
export function SendButtons({ canSend, isSealing, onAttach, onRecord }: SendButtonsProps): VNode {
  const said = useApp().words.value;
  if (canSend)
    return (
      <button type="submit" class="send" aria-label={said.send} title={said.send} disabled={isSealing}>
        <Icon of={ArrowUp} />
      </button>
    );
  return (
    <div class="begin">
      <CameraButton onAttach={onAttach} />
      {onRecord !== null && 'mediaDevices' in navigator && 'MediaRecorder' in globalThis && (
        <IconButton icon={Mic} words={said.recordVoice} onPress={onRecord} />
      )}
    </div>
  );
}

/** A photo that is taken now. The style sheet shows it only to fingers: elsewhere there is no such camera. */
function CameraButton({ onAttach }: Pick<SendButtonsProps, 'onAttach'>): VNode {
  const said = useApp().words.value;
  return (
    <FileChooser
      label={said.takePhoto}
      accept="image/*"
      capture="environment"
      onChoose={onAttach}
      button={(choose) => <IconButton class="camera" icon={Camera} words={said.takePhoto} onPress={choose} />}
    />
  );
}
