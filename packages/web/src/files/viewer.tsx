import type { FileRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ChevronLeft, ChevronRight, X } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { IconButton } from '../elements/button.tsx';
import { codeOf, tellError } from '../state/tell-error.ts';
import { FileButtons } from './file-buttons.tsx';
import type { ShownFile } from './shown-file.ts';
import { sizeOf } from './picture.tsx';
import { useOpenedAddress } from './use-file-address.ts';

export interface ViewerProps {
  readonly file: FileRow;
  /** The pictures that belong together. */
  readonly all: readonly FileRow[];
  readonly stateOf: (file: FileRow) => ShownFile['state'];
  readonly onClose: () => void;
}

/** One picture, as large as the window. */
export function Viewer({ file, all, stateOf, onClose }: ViewerProps): VNode {
  const { formats, words } = useApp();
  const said = words.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(() => all.indexOf(file));
  const shown = all[at] ?? file;
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
          <small>
            {all.length > 1 && `${said.pictureAt(at + 1, all.length)} · `}
            {formats.value.bytes(shown.bytes)}
          </small>
        </div>
        <FileButtons file={shown} state={stateOf(shown)} />
        <IconButton icon={X} words={said.close} onPress={() => dialog.current?.close()} />
      </div>
      <div class="stage">
        {all.length > 1 && (
          <IconButton class="before" icon={ChevronLeft} words={said.previous} onPress={() => go(-1)} />
        )}
        <Shown key={shown.id} file={shown} />
        {all.length > 1 && (
          <IconButton class="next" icon={ChevronRight} words={said.next} onPress={() => go(1)} />
        )}
      </div>
    </dialog>
  );
}

/** Its preview at once, the picture when it is here, or why it is not. */
function Shown({ file }: { readonly file: FileRow }): VNode {
  const said = useApp().words.value;
  const [failure, setFailure] = useState<string | null>(null);
  const address = useOpenedAddress(file, (error) =>
    setFailure(codeOf(error) === 'not-found' ? said.fileNotThere : tellError(error, said)),
  );
  if (failure !== null) return <p role="alert">{failure}</p>;
  if (address !== null) return <img src={address} alt={file.name} />;
  return (
    <>
      {file.preview !== null && <img class="preview" src={file.preview} alt="" {...sizeOf(file)} />}
      <p role="status">{said.opening}</p>
    </>
  );
}
