import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { print } from '../output/print.ts';
import { spaceToJson } from '../output/space-json.ts';
import { checkSpaceName, requireFreeName } from '../lookup/space-name.ts';

export async function addSpace(context: Context, name: string): Promise<ExitCode> {
  checkSpaceName(name);
  const home = await context.home();
  requireFreeName(home.store, name);
  const notebook = await home.notebook();
  const space = await notebook.addSpace(name);
  return print(context, { json: () => spaceToJson({ space, notes: 0 }), text: () => space.id });
}
