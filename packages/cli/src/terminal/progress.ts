import { printableLine } from '../output/printable.ts';
import type { OutputStream } from '../surroundings.ts';
import { widthOf } from './width.ts';

/** One line that says how far long work is; nothing where nobody watches. */
export interface Progress {
  show(line: string): void;
  clear(): void;
}

const redrawMs = 100;

const startOfLine = '\r\u001b[2K';

export function createProgress(stream: OutputStream, now: () => number): Progress {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let shownAt = Number.NEGATIVE_INFINITY;
  let isShown = false;
  return {
    show(line) {
      if (now() - shownAt < redrawMs) return;
      shownAt = now();
      isShown = true;
      stream.write(startOfLine + printableLine(line).slice(0, widthOf(stream) - 1));
    },
    clear() {
      if (isShown) stream.write(startOfLine);
      isShown = false;
      shownAt = Number.NEGATIVE_INFINITY;
    },
  };
}
