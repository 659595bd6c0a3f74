import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { X } from '../icons/icons.ts';
import { IconButton } from './button.tsx';
import { useApp } from '../state/context.ts';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly class?: string;
  /** Without a head of its own: the title is only read out. */
  readonly bare?: boolean;
}

/** The platform's: it keeps the focus, closes with Escape, and gives the focus back. */
export function Dialog({ title, onClose, children, class: more = '', bare = false }: DialogProps): VNode {
  const { words } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  /** Where the pointer was pressed. A click that began inside and ended outside is told as one on the whole dialog. */
  const pressed = useRef<EventTarget | null>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${more}`}
      onClose={onClose}
      onMouseDown={(event) => {
        pressed.current = event.target;
      }}
      onClick={(event) => {
        if (event.target === dialog.current && pressed.current === event.target) dialog.current?.close();
      }}
      {...(bare ? { 'aria-label': title } : { 'aria-labelledby': id })}
    >
      {!bare && (
        <div class="head">
          <h2 id={id}>{title}</h2>
          <IconButton icon={X} words={words.value.close} onPress={() => dialog.current?.close()} />
        </div>
      )}
      {children}
    </dialog>
  );
}
