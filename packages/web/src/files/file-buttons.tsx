import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Ellipsis } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { Menu } from '../elements/menu.tsx';
import type { ShownFile } from './shown-file.ts';
import { useFileDoings } from './use-file-doings.ts';

/** The likeliest thing to do with a file, and the others behind a button. */
export function FileButtons({ file, state }: ShownFile): VNode {
  const said = useApp().words.value;
  const { doings, isBusy } = useFileDoings(file, state);
  const [menuAt, setMenuAt] = useState<DOMRect | null>(null);
  const [first, ...others] = doings;
  return (
    <div class="buttons">
      {first && (
        <IconButton
          icon={first.icon}
          words={`${first.words}: ${file.name}`}
          disabled={isBusy && first.kind !== 'cancel'}
          onPress={first.act}
        />
      )}
      {others.length > 0 && (
        <IconButton
          icon={Ellipsis}
          words={`${said.more}: ${file.name}`}
          aria-haspopup="menu"
          onPress={({ currentTarget }) => {
            // The handler is on what was pressed.
            setMenuAt((currentTarget as HTMLElement).getBoundingClientRect());
          }}
        />
      )}
      {menuAt !== null && (
        <Menu label={file.name} items={doings} at={menuAt} onClose={() => setMenuAt(null)} />
      )}
    </div>
  );
}
