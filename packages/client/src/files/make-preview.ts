import { bytesToBase64url, limits } from '@dataans/core';
import type { ShrinkPicture } from '../platform/shrink-picture.ts';
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
