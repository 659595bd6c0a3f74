import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../world/repository.ts';

/** Builds the app that the server of a test serves, unless it is there. */
export function buildApp(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(repository, 'packages/web/build/main.ts')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The app could not be built: ${stderr}`);
}
