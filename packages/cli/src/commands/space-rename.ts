import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findSpace } from '../lookup/find-space.ts';
import { checkSpaceName, requireFreeName } from '../lookup/space-name.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';

export async function renameSpace(context: Context, nameOrId: string, name: string): Promise<ExitCode> {
  checkSpaceName(name);
  const home = await context.home();
  const space = await findSpace(home, nameOrId);
  await requireFreeName(home, name, space);
  const { operations } = await home.spaces.edit(space.id, { name });
  const changed = operations.length > 0;
  return print(context, {
    json: () => ({ id: space.id, name, changed }),
    text: () =>
      changed
        ? `“${printableLine(space.name)}” is now “${printableLine(name)}”.`
        : `It is already called “${printableLine(name)}”.`,
  });
}
