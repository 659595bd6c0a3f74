import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findSpace } from '../lookup/find-space.ts';
import { checkSpaceName, requireFreeName } from '../lookup/space-name.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';

export async function renameSpace(context: Context, nameOrId: string, name: string): Promise<ExitCode> {
  checkSpaceName(name);
  const home = await context.home();
  const space = findSpace(home.store, nameOrId);
  requireFreeName(home.store, name, space);
  const notebook = await home.notebook();
  const { operations } = await notebook.renameSpace(space.id, name);
  const changed = operations.length > 0;
  return print(context, {
    json: () => ({ id: space.id, name, changed }),
    text: () =>
      changed
        ? `“${printableLine(space.value.name)}” is now “${printableLine(name)}”.`
        : `It is already called “${printableLine(name)}”.`,
  });
}
