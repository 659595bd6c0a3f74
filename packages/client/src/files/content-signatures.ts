/** What a content is, as far as its first bytes say. */
export interface ContentSignature {
  readonly type: string;
  /** It only wraps others, and may as well be of these types; which one, its name or its author knows. */
  readonly wraps?: RegExp;
}

/** A string stands for one byte a character. */
type Mark = readonly [at: number, bytes: string];

interface Known extends ContentSignature {
  readonly marks: readonly Mark[];
}

const mp4 = /^(?:video|audio)\/(?:mp4|x-m4[av]|quicktime|3gpp2?)$/;
const matroska = /^(?:video|audio)\/(?:webm|(?:x-)?matroska)$/;

/** The first that fits counts. */
const known: readonly Known[] = [
  { type: 'image/png', marks: [[0, '\x89PNG\r\n\x1a\n']] },
  { type: 'image/jpeg', marks: [[0, '\xff\xd8\xff']] },
  { type: 'image/gif', marks: [[0, 'GIF87a']] },
  { type: 'image/gif', marks: [[0, 'GIF89a']] },
  { type: 'image/webp', marks: [[0, 'RIFF'], [8, 'WEBPVP8']] }, // prettier-ignore
  { type: 'image/avif', marks: [[4, 'ftypavif']] },
  { type: 'image/heic', marks: [[4, 'ftypheic']] },
  { type: 'audio/wav', marks: [[0, 'RIFF'], [8, 'WAVE']] }, // prettier-ignore
  { type: 'audio/flac', marks: [[0, 'fLaC']] },
  { type: 'audio/mpeg', marks: [[0, 'ID3']] },
  { type: 'audio/mpeg', marks: [[0, '\xff\xfb']] },
  { type: 'audio/ogg', marks: [[0, 'OggS']], wraps: /^(?:audio|video|application)\/ogg$/ },
  { type: 'audio/mp4', marks: [[4, 'ftypM4A ']], wraps: mp4 },
  { type: 'video/quicktime', marks: [[4, 'ftypqt  ']], wraps: mp4 },
  { type: 'video/mp4', marks: [[4, 'ftyp']], wraps: mp4 },
  { type: 'video/webm', marks: [[0, '\x1aE\xdf\xa3']], wraps: matroska },
  { type: 'application/pdf', marks: [[0, '%PDF-']] },
  { type: 'application/gzip', marks: [[0, '\x1f\x8b\x08']] },
  { type: 'application/zip', marks: [[0, 'PK\x03\x04']], wraps: /^application\/(?!pdf$|gzip$)/ },
];

const markedBytes = 32;

/** @param head at least the first 32 bytes of the content, or all of it */
export function findSignature(head: Uint8Array): ContentSignature | null {
  const text = String.fromCharCode(...head.subarray(0, markedBytes));
  return known.find(({ marks }) => marks.every(([at, bytes]) => text.startsWith(bytes, at))) ?? null;
}
