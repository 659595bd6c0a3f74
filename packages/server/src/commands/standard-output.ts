import { writeSync } from 'node:fs';
import { OperatorError } from '../operator-error.ts';
import { errorText, isErrorCode } from '../system-error.ts';
import type { Output } from './output.ts';

/** Nobody has all of what was printed. */
export class OutputLostError extends OperatorError {
  /** The reader had enough and went, as `head` does. */
  readonly readerLeft: boolean;

  constructor(cause: unknown) {
    super(
      `The output couldn't be written in full (${errorText(cause)}). Check where it goes, then run the command again.`,
      { cause },
    );
    this.readerLeft = isErrorCode(cause, 'EPIPE');
  }
}

const [stdoutFd, stderrFd] = [1, 2];
/** How long to leave a reader alone that is behind. */
const pauseMs = 10;

/** The output of this process. All of a text has been taken by the system when a call returns. */
export const standardOutput: Output = {
  stdout: (text) => {
    try {
      writeAll(stdoutFd, text);
    } catch (error) {
      throw new OutputLostError(error);
    }
  },
  stderr: (text) => {
    try {
      writeAll(stderrFd, text);
    } catch {
      // There is no third place to say it.
    }
  },
};

function writeAll(fd: number, text: string): void {
  for (let left: Uint8Array = Buffer.from(text); left.length > 0;) {
    try {
      left = left.subarray(writeSync(fd, left));
    } catch (error) {
      // Who started us may have made the pipe one that does not wait by itself.
      if (!isErrorCode(error, 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}
