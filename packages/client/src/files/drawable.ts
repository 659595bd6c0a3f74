import type { FileValue } from '@dataans/core';

/** What is known of a content that may be drawn. */
export type DrawnContent = Pick<FileValue, 'bytes' | 'type' | 'width' | 'height'>;

const drawnTypes: ReadonlySet<string> = new Set(['image/gif', 'image/jpeg', 'image/png', 'image/webp']);
const drawnBytesMax = 50_000_000;
/** Each takes four bytes while it is drawn. */
const drawnPixelsMax = 50_000_000;

/** Whether a content is decoded here at all: what it says of its size bounds what that takes. SVG never is. // FIL-11 */
export function isDrawable({ bytes, type, width = 0, height = 0 }: DrawnContent): boolean {
  const pixels = width * height;
  return drawnTypes.has(type ?? '') && bytes <= drawnBytesMax && pixels > 0 && pixels <= drawnPixelsMax;
}
