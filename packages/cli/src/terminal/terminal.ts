import type { DataansError } from '@dataans/core';
import { printableText } from '../output/printable.ts';
import type { Surroundings } from '../surroundings.ts';
import { createAsk, type Ask } from './ask.ts';
import { createOutput } from './output.ts';
import { createProgress, type Progress } from './progress.ts';
import { widthOf } from './width.ts';
import { readBytes, readInput, type InputLimit } from './read-input.ts';
import { createPaint } from './style.ts';

/**
 * The one door to the person: whatever is said goes through it, and nothing that came from elsewhere controls their
 * terminal behind it. // CLI-7
 */
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
  readonly ask: Ask;
  readonly progress: Progress;
  /**
   * Data, to stdout: byte for byte to a program, cleaned on a screen. Resolves when the reader can take more; `false`
   * when nobody reads any longer.
   */
  write(text: string): Promise<boolean>;
  /** A text below its head, for a screen. */
  show(head: readonly string[], text: string): Promise<boolean>;
  /** A sentence beside the data, to stderr. */
  say(text: string): void;
  /** A sentence that only a person needs: silent where stderr is not a terminal. */
  hint(text: string): void;
  /** What is piped in, whole. */
  readInput(limit: InputLimit): Promise<string>;
  /** The same as bytes; `null` if it is more than that. */
  readBytes(bytesMax: number): Promise<Uint8Array | null>;
  /** When all data has left: why it could not be written, or `null`. */
  end(): Promise<DataansError | null>;
}

export function createTerminal(surroundings: Surroundings): Terminal {
  const { stdin, stdout, stderr, environment, interrupt, now } = surroundings;
  const hasScreen = stdout.isTTY === true;
  const hasKeyboard = stdin.isTTY === true;
  const progress = createProgress(stderr, now);
  const paint = createPaint(hasScreen, environment);
  const output = createOutput(stdout);
  stderr.on('error', () => undefined); // Nobody is left to tell.
  const write = (text: string): Promise<boolean> => {
    progress.clear();
    return output.write(text);
  };
  const say = (text: string): void => {
    progress.clear();
    stderr.write(`${printableText(text)}\n`);
  };
  return {
    canAsk: hasKeyboard && stderr.isTTY === true,
    isWatched: stderr.isTTY === true,
    hasKeyboard,
    hasScreen,
    width: hasScreen ? widthOf(stdout) : null,
    ask: createAsk(stdin, stderr, interrupt),
    progress,
    write: (text) => write(hasScreen ? printableText(text) : text),
    show(head, text) {
      const lines = head.map((line) => paint('dim', printableText(line)));
      return write(`${[...lines, '', printableText(text).replace(/\n$/, '')].join('\n')}\n`);
    },
    say,
    hint(text) {
      if (stderr.isTTY === true) say(text);
    },
    readInput: (limit) => readInput(stdin, limit),
    readBytes: (bytesMax) => readBytes(stdin, bytesMax),
    end: output.end,
  };
}
