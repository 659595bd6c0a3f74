import { limits } from '@dataans/core';
import { GIF } from 'image-size/types/gif';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';

/** Pixels of a picture as it is shown. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const readerByType = new Map([
  ['image/gif', GIF],
  ['image/jpeg', JPG],
  ['image/png', PNG],
  ['image/webp', WEBP],
]);

/** From which on the sides of a photo change places, by its EXIF. */
const firstLyingOrientation = 5;

/**
 * @param head the beginning of the content
 * @returns `null` if it does not say, or is of another type than these four
 */
export function readPictureSize(type: string, head: Uint8Array): PictureSize | null {
  try {
    const read = readerByType.get(type)?.calculate(head.slice()); // It reads on behind the end of a view.
    if (read === undefined || !isPixels(read.width) || !isPixels(read.height)) return null;
    const { width, height, orientation = 1 } = read;
    return orientation < firstLyingOrientation ? { width, height } : { width: height, height: width };
  } catch {
    return null; // It is no such picture, or says so later than here.
  }
}

function isPixels(side: number): boolean {
  return Number.isSafeInteger(side) && side > 0 && side <= limits.pixelsMax;
}
