import type { VNode } from 'preact';
import { Button } from '../elements/button.tsx';
import { Dialog } from '../elements/dialog.tsx';
import { useApp } from '../state/context.ts';

export interface TransferDialogProps {
  readonly title: string;
  readonly words: string;
  /** From 0 to 1; `null` if nobody knows. */
  readonly part: number | null;
  readonly onStop: () => void;
}

/** How far it is, and the way to stop it. */
export function TransferDialog({ title, words, part, onStop }: TransferDialogProps): VNode {
  const { words: all } = useApp();
  return (
    <Dialog title={title} onClose={onStop}>
      <div class="body">
        <p role="status">{words}</p>
        <progress aria-label={title} {...(part !== null && { value: part })} />
      </div>
      <div class="foot">
        <Button words={all.value.stop} onPress={onStop} />
      </div>
    </Dialog>
  );
}
