import type { FileRow } from '@dataans/client';

/** The service worker asks a page for a file, with a port on which the page answers. */
export interface FileQuestion {
  readonly kind: 'file';
  readonly file: string;
}

/** What it asks for on that port. */
export type FileCommand =
  { readonly kind: 'read'; readonly from: number; readonly to: number } | { readonly kind: 'end' };

/** What the page says on it: first what the file is, then one piece for each time it was asked. */
export type FileAnswer =
  | { readonly kind: 'file'; readonly file: DescribedFile }
  | { readonly kind: 'piece'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'refused'; readonly why: FileRefusal };

export type DescribedFile = Pick<FileRow, 'name' | 'type' | 'bytes'>;

/** There is no such file; or it is not here, and can't be fetched now. */
export type FileRefusal = 'unknown' | 'unreadable';
