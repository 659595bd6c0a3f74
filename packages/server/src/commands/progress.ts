/** One line at a terminal that says how far long work has come; silent elsewhere. */
export interface Progress {
  /** Replaces the line, at most ten times a second. */
  show(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

const showEveryMs = 100;
const clearLine = '\r\x1b[K';

export function createProgress(options: {
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
  /** Milliseconds. */
  readonly now: () => number;
}): Progress {
  const { isTerminal, write, now } = options;
  let shownAt: number | null = null;
  return {
    show: (text) => {
      if (!isTerminal || (shownAt !== null && now() - shownAt < showEveryMs)) return;
      shownAt = now();
      write(clearLine + text);
    },
    clear: () => {
      if (shownAt === null) return;
      shownAt = null;
      write(clearLine);
    },
  };
}
