import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printResult } from '../output/print.ts';
import { formatBytes, formatCount } from '../output/sizes.ts';

/** Gives up the bytes of what anybody can have written, and keeps what tells of it. // STO-26 */
export async function forgetQuarantined(context: Context): Promise<ExitCode> {
  const forgotten = await (await context.home()).sync.forgetQuarantined();
  await printResult(context, {
    json: () => forgotten,
    text: () =>
      forgotten.operations === 0
        ? 'There was nothing to forget.'
        : `Forgot the contents of ${formatCount(forgotten.operations, 'change')}, ${formatBytes(forgotten.bytes)}. New notes use that space.`,
  });
  return exitCodes.done;
}
