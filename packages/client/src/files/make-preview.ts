import { base64urlToBytes, bytesToBase64url, limits } from '@dataans/core';
import type { ShrinkPicture } from '../platform/shrink-picture.ts';
import { findSignature } from './content-signatures.ts';
import { dropProfile } from './drop-profile.ts';
import { isDrawable, type DrawnContent } from './drawable.ts';

/** Where WebP cannot be written, the first may be too large. */
const sidesMax = [24, 16, 10];
const quality = 0.5;

/** A tiny picture of the content, as its operation says it; `null` if there is nothing to draw. // FIL-11 */
export async function makePreview(
  shrink: ShrinkPicture,
  content: DrawnContent,
  picture: () => Blob,
): Promise<string | null> {
  if (!isDrawable(content)) return null;
  for (const sideMax of sidesMax) {
    const small = await shrink(picture(), { sideMax, quality }).catch(() => null);
    if (small === null) return null; // It only looks like a picture.
    const drawn = dropProfile(new Uint8Array(await small.arrayBuffer()));
    if (drawn.length <= limits.previewBytesMax) return bytesToBase64url(drawn);
  }
  return null;
}

/** Of a preview, for an `<img>`; `null` if it is nothing that a page may show. // FIL-11 */
export function previewToAddress(preview: string): string | null {
  const bytes = base64urlToBytes(preview);
  const type = bytes === null ? undefined : findSignature(bytes)?.type;
  if (bytes === null || type?.startsWith('image/') !== true) return null;
  return `data:${type};base64,${btoa(String.fromCharCode(...bytes))}`;
}
