import type { FileRow } from '@dataans/client';

/** What a page may show as a picture: none of them can run a script in our origin, as a drawing in SVG can. */
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
  aac: 'audio/aac',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  weba: 'audio/webm',
  m4v: 'video/mp4',
  mkv: 'video/matroska',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  ogv: 'video/ogg',
  webm: 'video/webm',
};

type Named = Pick<FileRow, 'name' | 'type'>;

/** What anything else is: it is downloaded, and never shown. */
export const unknownType = 'application/octet-stream';

/** The media type that a file may be shown or played as, whatever it says that it is. */
export function shownType({ name, type }: Named): string {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  // Without what follows it, such as its codecs.
  const found = type?.split(';', 1)[0]?.trim().toLowerCase() ?? typeByEnding[ending] ?? '';
  return pictureTypes.has(found) || /^(?:audio|video)\/[\w.+-]+$/.test(found) ? found : unknownType;
}

export function isPicture(file: Named): boolean {
  return shownType(file).startsWith('image/');
}

/** How a file is played; `null` if it is nothing to be played. */
export function playedAs(file: Named): 'audio' | 'video' | null {
  const [kind] = shownType(file).split('/');
  return kind === 'audio' || kind === 'video' ? kind : null;
}
