import { limits, type Frame } from '@dataans/core';

/** Takes frames off an ordered source until the page is full; a page with any left to take is never empty. // SRV-13 */
export function takePage(frames: Iterable<Frame>, bytesMax: number): readonly Frame[] {
  const page: Frame[] = [];
  let bytes = 0;
  for (const frame of frames) {
    bytes += limits.frameHeaderBytes + frame.body.length;
    if (bytes > bytesMax && page.length > 0) break;
    page.push(frame);
  }
  return page;
}
