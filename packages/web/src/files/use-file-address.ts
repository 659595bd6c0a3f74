import type { FileRow } from '@dataans/client';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { readBlob } from './read-blob.ts';
import { shownType } from './shown-type.ts';

/** An address for the content of a picture, while it is shown; `null` until it is read. */
export function useFileAddress(file: FileRow | null): string | null {
  const { home } = useApp();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return undefined;
    let made: string | null = null;
    let isCurrent = true;
    readBlob(home, file, shownType(file))
      .then((blob) => {
        if (!isCurrent) return;
        made = URL.createObjectURL(blob);
        setAddress(made);
      })
      // What isn't here and can't be fetched now stays a frame with a name.
      .catch(() => setAddress(null));
    return () => {
      isCurrent = false;
      if (made !== null) URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [file?.id]);
  return address;
}
