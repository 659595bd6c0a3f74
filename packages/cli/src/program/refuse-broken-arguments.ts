import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.ts';

/** What Node puts in the place of bytes that are no UTF-8, and what somebody may have typed as well. */
const replacement = '\ufffd';

/**
 * @param readTyped bytes of each argument; `null` if the system does not tell them: the mark alone is refused then
 * @throws UsageError if letters of an argument are lost, so that what would be kept is not what was typed // CLI-12
 */
export function refuseBrokenArguments(
  args: readonly string[],
  readTyped: () => readonly Uint8Array[] | null,
): void {
  args.forEach((argument, index) => {
    if (!argument.includes(replacement)) return;
    const bytes = readTyped()?.[index];
    if (bytes !== undefined && isUtf8(bytes)) return;
    throw new UsageError(
      `Argument ${index + 1}, “${argument}”, isn't UTF-8 text.`,
      'Use a terminal and a locale with UTF-8, or put - in its place and pipe the text in as UTF-8.',
    );
  });
}

/** The arguments of this process as the system has them; `null` where it does not tell. */
export function readTypedArguments(count: number): readonly Uint8Array[] | null {
  if (process.platform !== 'linux') return null;
  try {
    const all = splitAtZeros(readFileSync('/proc/self/cmdline'));
    return count === 0 ? [] : all.slice(-count);
  } catch {
    return null; // No /proc here.
  }
}

function splitAtZeros(bytes: Uint8Array): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(0, from);
    pieces.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return pieces;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
