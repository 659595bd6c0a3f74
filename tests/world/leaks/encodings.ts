/** A text as it could stand in what a server sees. */
export interface EncodedText {
  readonly encoding: string;
  readonly bytes: Buffer;
}

const alignments = [0, 1, 2];

/** The spellings of some bytes that programs put on the wire or on disk, each as it is inside of others. */
export function encodeBytes(bytes: Buffer): readonly EncodedText[] {
  const hex = bytes.toString('hex');
  return distinct([
    { encoding: 'plain', bytes },
    ...alignments.map((alignment) => ({
      encoding: `base64 at ${alignment}`,
      bytes: Buffer.from(base64Inside(bytes, alignment)),
    })),
    ...alignments.map((alignment) => ({
      encoding: `base64url at ${alignment}`,
      bytes: Buffer.from(base64Inside(bytes, alignment).replaceAll('+', '-').replaceAll('/', '_')),
    })),
    { encoding: 'hex', bytes: Buffer.from(hex) },
    { encoding: 'upper-case hex', bytes: Buffer.from(hex.toUpperCase()) },
  ]);
}

/** Those of a text in UTF-8, and what only text can be. */
export function encodeText(text: string): readonly EncodedText[] {
  const utf16 = Buffer.from(text, 'utf16le');
  return distinct([
    ...encodeBytes(Buffer.from(text)),
    { encoding: 'UTF-16LE', bytes: utf16 },
    { encoding: 'UTF-16BE', bytes: Buffer.from(utf16).swap16() },
    { encoding: 'percent', bytes: Buffer.from(encodeURIComponent(text.toWellFormed())) },
    { encoding: 'JSON escapes', bytes: Buffer.from(escapeAll(text)) },
  ]);
}

/** The characters that stand for these bytes alone, whatever comes before and after them. */
function base64Inside(bytes: Buffer, alignment: number): string {
  const whole = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64');
  const first = Math.ceil((alignment * 4) / 3);
  const end = Math.floor(((alignment + bytes.length) * 4) / 3);
  return whole.slice(first, end);
}

function escapeAll(text: string): string {
  return Array.from({ length: text.length }, (_, place) => {
    const unit = text.charCodeAt(place);
    return unit < 0x80 ? text.charAt(place) : `\\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');
}

/** Plain ASCII is the same in several of them. */
function distinct(texts: readonly EncodedText[]): readonly EncodedText[] {
  const seen = new Set<string>();
  return texts.filter(({ bytes }) => {
    const key = bytes.toString('latin1');
    return !seen.has(key) && seen.add(key);
  });
}
