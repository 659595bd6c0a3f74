import type { FileRow } from '@dataans/client';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { readBlob } from './read-blob.ts';
import { shownType } from './shown-type.ts';

/** An address for the content of a picture that is here, while it is shown; `null` until it is read. */
export function useFileAddress(file: FileRow | null): string | null {
  const { home } = useApp();
  // What can't be read stays a frame with a name.
  return useAddress(
    file,
    (read) => readBlob(home, read, shownType(read)),
    () => undefined,
  );
}

/** The same for one that somebody has opened: it is fetched, and stays here. */
export function useOpenedAddress(file: FileRow, onError: (error: unknown) => void): string | null {
  const { home } = useApp();
  const read = async (opened: FileRow): Promise<Blob> => {
    await home.files.fetch(opened.id);
    return readBlob(home, opened, shownType(opened));
  };
  return useAddress(file, read, onError);
}

function useAddress(
  file: FileRow | null,
  read: (file: FileRow) => Promise<Blob>,
  onError: (error: unknown) => void,
): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return undefined;
    let made: string | null = null;
    let isCurrent = true;
    read(file)
      .then((blob) => {
        if (!isCurrent) return;
        made = URL.createObjectURL(blob);
        setAddress(made);
      })
      .catch((error: unknown) => {
        if (isCurrent) onError(error);
      });
    return () => {
      isCurrent = false;
      if (made !== null) URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [file?.id]);
  return address;
}
