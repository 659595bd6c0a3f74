import type { FileRow, Home } from '@dataans/client';

/** What a page may show: none of them can run a script in our origin. */
const pictureTypes: ReadonlySet<string> = new Set([
  'image/avif',
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
]);

const typeByEnding: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

/** The media type that a file may be shown as; anything else is a download. */
export function shownType({ name, type }: Pick<FileRow, 'name' | 'type'>): string {
  const found = type ?? typeByEnding[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? '';
  return pictureTypes.has(found) ? found : 'application/octet-stream';
}

export function isPicture(file: Pick<FileRow, 'name' | 'type'>): boolean {
  return shownType(file).startsWith('image/');
}

const bytesPerCall = 4 * 1024 * 1024;

/** The whole content, read piece by piece. */
export async function readBlob(
  home: Pick<Home, 'files'>,
  { id, bytes }: Pick<FileRow, 'id' | 'bytes'>,
  type: string,
): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < bytes; from += bytesPerCall) {
    const piece = await home.files.read(id, { from, to: Math.min(bytes, from + bytesPerCall) });
    // What comes over from a worker is not shared.
    pieces.push(piece as Uint8Array<ArrayBuffer>);
  }
  return new Blob(pieces, { type });
}
