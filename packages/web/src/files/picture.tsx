import type { FileRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../elements/icon.tsx';
import { CloudDownload, FileWarning } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import type { ShownFile } from './shown-file.ts';
import { tellFileState } from './tell-state.ts';
import { usePictureAddress } from './use-file-address.ts';

const sizeUnknown = { width: 320, height: 240 };

/** Nothing, as large as it is told to be. */
const emptyPicture = 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg"/%3E';

/** A thumbnail is sharp enough for one that fills the stream on a plain screen. */
const plainPixelRatioMax = 1.5;

export interface PictureProps extends ShownFile {
  /** One of several, side by side. */
  readonly isOneOfMany: boolean;
  readonly onOpen: () => void;
}

/**
 * Has its size before its content, so that nothing jumps; what is here is read when it is near the screen. What is not here is
 * fetched by whoever opens it, and until then seen by its thumbnail or preview.
 */
export function Picture({ file, state, isOneOfMany, onOpen }: PictureProps): VNode {
  const { words } = useApp();
  const frame = useRef<HTMLButtonElement>(null);
  const isNear = useIsNear(frame);
  const isSmall = isOneOfMany || devicePixelRatio <= plainPixelRatioMax;
  const isShown = isNear && state !== null;
  const address = usePictureAddress(isShown ? { file, isHere: isReadable(state), isSmall } : null);
  return (
    <button
      ref={frame}
      type="button"
      class={address === null && file.preview !== null ? 'picture preview' : 'picture'}
      aria-label={words.value.openPicture(file.name)}
      onClick={onOpen}
    >
      <img src={address ?? file.preview ?? emptyPicture} {...sizeOf(file)} alt={file.name} decoding="async" />
      {state !== null && !isReadable(state) && <Absent file={file} state={state} />}
    </button>
  );
}

/** Its content lies here, whether the server has it already or not. */
function isReadable(state: ShownFile['state']): boolean {
  return (
    state?.kind === 'here' || state?.kind === 'sending' || (state?.kind === 'waiting' && state.to === 'send')
  );
}

function Absent({ file, state }: ShownFile): VNode {
  const { formats, words } = useApp();
  const { bytes } = formats.value;
  const line = state?.kind === 'elsewhere' ? bytes(file.bytes) : tellFileState(state, words.value, bytes);
  return (
    <span class="fetch">
      <Icon of={state?.kind === 'damaged' ? FileWarning : CloudDownload} />
      {line}
    </span>
  );
}

/** In pixels, if it was found when the file was attached. */
export function sizeOf(
  { width, height }: FileRow,
  unknown = sizeUnknown,
): { readonly width: number; readonly height: number } {
  return width === null || height === null ? unknown : { width, height };
}

/** Once it has been near, it stays so. */
function useIsNear(element: { readonly current: Element | null }): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        setNear(true);
        observer.disconnect();
      },
      { rootMargin: '600px' },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return isNear;
}
