import { DataansError } from '@dataans/core';
import type { OutputStream } from '../surroundings.ts';

/** Where data goes, and what became of it. */
export interface Output {
  /** Resolves when the reader can take more; `false` if nothing of it arrives any longer. */
  write(text: string): Promise<boolean>;
  /** When everything written so far has left: why it did not arrive, or `null`. A reader that has gone is no fault. */
  end(): Promise<DataansError | null>;
}

// CLI-10
export function createOutput(stream: OutputStream): Output {
  let isRead = true;
  let fault: NodeJS.ErrnoException | null = null;
  let last: Promise<boolean> = Promise.resolve(true);
  const fail = (error: NodeJS.ErrnoException): void => {
    isRead = false;
    // The reader has gone, as `head` does: the work goes on.
    if (error.code !== 'EPIPE') fault ??= error;
  };
  stream.on('error', fail);
  return {
    write(text) {
      if (!isRead) return Promise.resolve(false);
      last = new Promise((resolve) => {
        stream.write(text, (error) => {
          if (error !== null && error !== undefined) fail(error);
          resolve(isRead);
        });
      });
      return last;
    },
    async end() {
      await last;
      return fault === null ? null : explainOutputFault(fault);
    },
  };
}

function explainOutputFault(fault: NodeJS.ErrnoException): DataansError {
  const isFull = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(fault.code ?? '') || fault.errno === -122;
  const reason = isFull ? 'There is no space left on the disk' : fault.message;
  const code = isFull ? 'storage-full' : 'storage-unusable';
  return new DataansError(code, `The output couldn't be written in full. ${reason}.`, {
    advice: "Don't use what was written. Run the command again and write somewhere else.",
    cause: fault,
  });
}
