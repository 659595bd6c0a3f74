import type { FileRow } from '@dataans/client';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { readBlob } from './read-blob.ts';
import { shownType } from './shown-type.ts';

/** How a picture is shown in a stream. */
export interface ShownPicture {
  readonly file: FileRow;
  /** Its content lies here. */
  readonly isHere: boolean;
  /** As small as in a list: no more of it is drawn than one sees. */
  readonly isSmall: boolean;
}

/** An address for a picture while it is shown, if it can be had without fetching; `null` until it is read. */
export function usePictureAddress(shown: ShownPicture | null): string | null {
  const { home } = useApp();
  const { file = null, isHere = false, isSmall = false } = shown ?? {};
  const read = async (picture: FileRow): Promise<Blob | null> => {
    // It is kept longer than the content. One that moves stands still in it.
    const small = isSmall && picture.type !== 'image/gif' ? await home.files.thumbnail(picture.id) : null;
    if (small !== null || !isHere) return small;
    return readBlob(home, picture, shownType(picture));
  };
  // What can't be read stays a frame with a name.
  return useAddress(file, `${file?.id} ${isHere} ${isSmall}`, read, () => undefined);
}

/** An address for the content of one that somebody has opened: it is fetched, and stays here. */
export function useOpenedAddress(file: FileRow, onError: (error: unknown) => void): string | null {
  const { home } = useApp();
  const read = async (opened: FileRow): Promise<Blob> => {
    await home.files.fetch(opened.id);
    return readBlob(home, opened, shownType(opened));
  };
  return useAddress(file, file.id, read, onError);
}

/** @param version what is read anew if it is another one */
function useAddress(
  file: FileRow | null,
  version: string,
  read: (file: FileRow) => Promise<Blob | null>,
  onError: (error: unknown) => void,
): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return undefined;
    let made: string | null = null;
    let isCurrent = true;
    read(file)
      .then((blob) => {
        if (!isCurrent || blob === null) return;
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
  }, [version]);
  return address;
}
