import type { FileRow } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { useFileAddress } from './use-file-address.ts';

const sizeUnknown = { width: 320, height: 240 };

/** Nothing, as large as it is told to be. */
export const emptyPicture = 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg"/%3E';

/** Has its size before its content, so that nothing jumps; its content comes when it is near the screen. */
export function Picture({ file, onOpen }: { readonly file: FileRow; readonly onOpen: () => void }): VNode {
  const { words } = useApp();
  const frame = useRef<HTMLButtonElement>(null);
  const isNear = useIsNear(frame);
  const address = useFileAddress(isNear ? file : null);
  return (
    <button
      ref={frame}
      type="button"
      class="picture"
      aria-label={words.value.openPicture(file.name)}
      onClick={onOpen}
    >
      <img
        src={address ?? file.preview ?? emptyPicture}
        {...sizeOf(file, sizeUnknown)}
        alt={file.name}
        decoding="async"
      />
    </button>
  );
}

/** In pixels, if it was found when the file was attached. */
export function sizeOf(
  { width, height }: FileRow,
  unknown: typeof sizeUnknown,
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
