import type { VNode } from 'preact';
import { IconButton } from '../elements/button.tsx';
import { FileChooser } from '../elements/file-chooser.tsx';
import { Plus } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';

/** Files of this device, to go with the note. */
export function AttachButton({ onAttach }: { readonly onAttach: (files: readonly File[]) => void }): VNode {
  const said = useApp().words.value;
  return (
    <FileChooser
      label={said.attach}
      multiple
      onChoose={onAttach}
      button={(choose) => <IconButton icon={Plus} words={said.attach} onPress={choose} />}
    />
  );
}
