import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { print } from '../output/print.ts';
import { spaceToJson } from '../output/space-json.ts';
import { checkSpaceName, requireFreeName } from '../lookup/space-name.ts';

export async function addSpace(context: Context, name: string): Promise<ExitCode> {
  checkSpaceName(name);
  const home = await context.home();
  await requireFreeName(home, name);
  const space = await home.spaces.add({ name });
  return print(context, { json: () => spaceToJson(space), text: () => space.id });
}
