import type { FileRow } from '@dataans/client';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { readBlob } from './read-blob.ts';
import { shownType } from './shown-type.ts';

/** What an element plays. */
export interface Source {
  /** `null` until somebody wants to hear or see it. */
  readonly address: string | null;
  /** This browser can't play it. */
  readonly isBroken: boolean;
  start(): void;
  /** The element could not play what it was given. */
  fail(): void;
}

/** What is read whole, if there is no service worker that gives it in parts. */
const blobBytesMax = 50_000_000;

/** Only the service worker answers there, and part by part: what is played is never in memory as a whole. */
function addressOf({ id }: FileRow): string {
  return `/app/file/${id}`;
}

function hasServiceWorker(): boolean {
  return 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;
}

export function useSource(file: FileRow): Source {
  const { home, notices, words } = useApp();
  const [address, setAddress] = useState<string | null>(null);
  const [isBroken, setBroken] = useState(false);
  useEffect(
    () => () => {
      if (address?.startsWith('blob:') === true) URL.revokeObjectURL(address);
    },
    [address],
  );
  const startWhole = async (): Promise<void> => {
    if (file.bytes > blobBytesMax) return setBroken(true);
    const blob = await readBlob(home, file, shownType(file));
    setAddress(URL.createObjectURL(blob));
  };
  const tell = (error: unknown): void => {
    setAddress(null);
    notices.show(tellError(error, words.peek()));
  };
  const findOut = async (): Promise<void> => {
    // Whether it can be read at all: else it is no matter of playing.
    await home.files.read(file.id, { from: 0, to: Math.min(1, file.bytes) });
    if (address === addressOf(file)) await startWhole();
    else setBroken(true);
  };
  return {
    address,
    isBroken,
    start: () => {
      if (hasServiceWorker()) setAddress(addressOf(file));
      else startWhole().catch(tell);
    },
    fail: () => void findOut().catch(tell),
  };
}
