import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findSpace } from '../lookup/find-space.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { quoteArgument } from '../output/quote-argument.ts';
import { formatCount } from '../output/sizes.ts';

/** Asks first where somebody can answer and the space has notes. */
export async function removeSpace(
  context: Context,
  nameOrId: string,
  options: { readonly yes?: boolean },
): Promise<ExitCode> {
  const { terminal } = context;
  const home = await context.home();
  const space = await findSpace(home, nameOrId);
  const notes = (await home.spaces.list()).find(({ id }) => id === space.id)?.notes ?? 0;
  const name = printableLine(space.name);
  if (notes > 0 && terminal.canAsk && options.yes !== true) {
    const isMeant = await terminal.ask.confirm(
      `Delete “${name}” and its ${formatCount(notes, 'note')}? ${notes === 1 ? 'It goes' : 'They go'} to the trash.`,
    );
    if (!isMeant) {
      terminal.say('Nothing was deleted.');
      return exitCodes.failed;
    }
  }
  await home.spaces.remove(space.id);
  terminal.hint(`To undo: ${context.call} space restore ${quoteArgument(name)}`);
  return print(context, {
    json: () => ({ id: space.id, name: space.name, notes }),
    text: () => `Deleted “${name}” and ${formatCount(notes, 'note')}.`,
  });
}
