import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findTrashedSpace } from '../lookup/find-past-space.ts';
import { readTrash } from '../lookup/read-trash.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { quoteArgument } from '../output/quote-argument.ts';
import { formatCount, formatNumber } from '../output/sizes.ts';

export async function restoreSpace(context: Context, nameOrId: string): Promise<ExitCode> {
  const { terminal, interrupt } = context;
  const home = await context.home();
  const space = await findTrashedSpace(home, nameOrId);
  const report = await home.history.restore(
    { what: 'space', id: space.id },
    {
      signal: interrupt,
      onProgress: ({ done, total }) =>
        terminal.progress.show(`Restoring: ${formatNumber(done)} of ${formatNumber(total)}`),
    },
  );
  const changed = report.spaces.restored > 0;
  const notes = report.notes.restored;
  const name = printableLine(space.name);
  const inTrash = (await Array.fromAsync(readTrash(home, { space: space.id }))).length;
  if (changed && inTrash > 0)
    terminal.hint(
      `Still in the trash, because deleted before: ${formatCount(inTrash, 'note')}. To see them: ${context.call} trash list --space ${quoteArgument(name)}`,
    );
  return print(context, {
    json: () => ({ id: space.id, name: space.name, changed, notes, inTrash }),
    text: () =>
      changed ? `Restored “${name}” with ${formatCount(notes, 'note')}.` : `“${name}” is not in the trash.`,
  });
}
