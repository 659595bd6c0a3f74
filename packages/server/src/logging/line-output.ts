import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Where log lines go. */
export interface LineOutput {
  /**
   * Writes a line at once or not at all: it never waits and never throws. A line that cannot be written is
   * counted, and the next one that can comes after `tellOfLost(count)`. // SRV-42
   */
  write(line: string): void;
}

/**
 * Lines to an open file, a pipe, a socket or a terminal, which may be full, gone or not read by anybody.
 *
 * @param tellOfLost the line that says how many were lost before it
 */
export function openLineOutput(fd: number, tellOfLost: (count: number) => string): LineOutput {
  const target = openWithoutWaiting(fd);
  let lost = 0;
  /** What did not go in of a line that was begun: nothing else may come between its two parts. */
  let rest: Uint8Array = new Uint8Array();

  const put = (bytes: Uint8Array): boolean => {
    try {
      rest = bytes.subarray(writeSync(target, bytes));
      return true;
    } catch {
      return false;
    }
  };
  /** Whether the line before is whole. */
  const endLineBefore = (): boolean => rest.length === 0 || (put(rest) && rest.length === 0);

  return {
    write: (line) => {
      const notice = lost === 0 ? '' : `${tellOfLost(lost)}\n`;
      if (endLineBefore() && put(Buffer.from(`${notice}${line}\n`))) lost = 0;
      else lost += 1;
    },
  };
}

/**
 * A pipe whose reader stands still, or a terminal that was stopped, makes a write wait, which would stop the whole
 * server. Opening it once more gives us a way of our own into it that says so instead: to change the one that we
 * were given would change it for every program that has it as well.
 */
function openWithoutWaiting(fd: number): number {
  const kind = fstatSync(fd);
  // A socket cannot be opened by a name. Node makes the one of stderr such that it never waits once it is looked at.
  if (kind.isSocket()) return process.stderr.fd === fd ? process.stderr.fd : fd;
  if (!kind.isFIFO() && !isatty(fd)) return fd;
  try {
    const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
    return openSync(`/dev/fd/${fd}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    // Not every system has such names, and a terminal may belong to somebody else by now.
    return fd;
  }
}
