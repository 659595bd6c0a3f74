import type { Surroundings } from '../surroundings.ts';
import { createAsk, type Ask } from './ask.ts';
import { createProgress, type Progress } from './progress.ts';
import { widthOf } from './width.ts';
import { readInput } from './read-input.ts';
import { createPaint, type Paint } from './style.ts';

export interface Terminal {
  /** Somebody can answer. */
  readonly canAsk: boolean;
  /** Somebody reads what is said beside the data. */
  readonly isWatched: boolean;
  /** Nothing is piped into the program. */
  readonly hasKeyboard: boolean;
  /** Somebody reads stdout, not a program. */
  readonly hasScreen: boolean;
  /** Columns of the screen; `null` where stdout is not one. */
  readonly width: number | null;
  readonly paint: Paint;
  readonly ask: Ask;
  readonly progress: Progress;
  /** Data, to stdout. Resolves when the reader can take more; `false` when nobody reads any longer. */
  write(text: string): Promise<boolean>;
  /** A sentence beside the data, to stderr. */
  say(text: string): void;
  /** A sentence that only a person needs: silent where stderr is not a terminal. */
  hint(text: string): void;
  /** What is piped in, whole. */
  readInput(bytesMax: number): Promise<string>;
}

export function createTerminal(surroundings: Surroundings): Terminal {
  const { stdin, stdout, stderr, environment, interrupt, now } = surroundings;
  const hasScreen = stdout.isTTY === true;
  const hasKeyboard = stdin.isTTY === true;
  const progress = createProgress(stderr, now);
  let isRead = true;
  stdout.on('error', () => {
    isRead = false; // The reader has gone, as `head` does: the work goes on.
  });
  const say = (text: string): void => {
    progress.clear();
    stderr.write(`${text}\n`);
  };
  return {
    canAsk: hasKeyboard && stderr.isTTY === true,
    isWatched: stderr.isTTY === true,
    hasKeyboard,
    hasScreen,
    width: hasScreen ? widthOf(stdout) : null,
    paint: createPaint(hasScreen, environment),
    ask: createAsk(stdin, stderr, interrupt),
    progress,
    write(text) {
      progress.clear();
      if (!isRead) return Promise.resolve(false);
      return new Promise((resolve) => {
        stdout.write(text, (error) => {
          isRead &&= error === null || error === undefined;
          resolve(isRead);
        });
      });
    },
    say,
    hint(text) {
      if (stderr.isTTY === true) say(text);
    },
    readInput: (bytesMax) => readInput(stdin, bytesMax),
  };
}
