import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findTrashedSpace } from '../lookup/find-past-space.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { formatCount, formatNumber } from '../output/sizes.ts';

export async function restoreSpace(context: Context, nameOrId: string): Promise<ExitCode> {
  const { terminal, interrupt } = context;
  const client = await import('@dataans/client');
  const home = await context.home();
  const { entities, past } = home.store;
  const space = findTrashedSpace(home.store, nameOrId);
  const report = await client.restoreSpace({ entities, past, notebook: await home.notebook() }, space.id, {
    signal: interrupt,
    onProgress: ({ done, total }) =>
      terminal.progress.show(`Restoring: ${formatNumber(done)} of ${formatNumber(total)}`),
  });
  const changed = report.spaces.restored > 0;
  const notes = report.notes.restored;
  const name = printableLine(space.value.name);
  return print(context, {
    json: () => ({ id: space.id, name: space.value.name, changed, notes }),
    text: () =>
      changed ? `Restored “${name}” with ${formatCount(notes, 'note')}.` : `“${name}” is not in the trash.`,
  });
}
