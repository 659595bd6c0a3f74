import type { FileRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ChevronLeft, ChevronRight, Download, X } from 'lucide';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { readBlob } from './read-blob.ts';
import { saveFile } from './save-file.ts';
import { useFileAddress } from './use-file-address.ts';

export interface ViewerProps {
  readonly file: FileRow;
  /** The pictures that belong together. */
  readonly all: readonly FileRow[];
  readonly onClose: () => void;
}

/** One picture, as large as the window. */
export function Viewer({ file, all, onClose }: ViewerProps): VNode {
  const { home, words, formats } = useApp();
  const said = words.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(() => all.indexOf(file));
  const shown = all[at] ?? file;
  const address = useFileAddress(shown);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const go = (by: number): void => setAt((at + by + all.length) % all.length);
  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={`${said.picture}: ${shown.name}`}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') go(-1);
        if (event.key === 'ArrowRight') go(1);
      }}
    >
      <div class="bar">
        <div class="name">
          <strong dir="auto">{shown.name}</strong>
          <small>{formats.value.bytes(shown.bytes)}</small>
        </div>
        <IconButton
          icon={Download}
          words={said.download}
          onPress={() =>
            void readBlob(home, shown, 'application/octet-stream').then((blob) => saveFile(blob, shown.name))
          }
        />
        <IconButton icon={X} words={said.close} onPress={() => dialog.current?.close()} />
      </div>
      <div class="stage">
        {all.length > 1 && (
          <IconButton class="before" icon={ChevronLeft} words={said.previous} onPress={() => go(-1)} />
        )}
        {address === null ? <p role="status">{said.opening}</p> : <img src={address} alt={shown.name} />}
        {all.length > 1 && (
          <IconButton class="next" icon={ChevronRight} words={said.next} onPress={() => go(1)} />
        )}
      </div>
    </dialog>
  );
}
