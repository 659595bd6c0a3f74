import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { Plus } from 'lucide';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';

/** Files of this device, to go with the note. */
export function AttachButton({ onAttach }: { readonly onAttach: (files: Iterable<File>) => void }): VNode {
  const { words } = useApp();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon={Plus} words={words.value.attach} onPress={() => chooser.current?.click()} />
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onAttach(event.currentTarget.files ?? []);
          // The same file can be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
