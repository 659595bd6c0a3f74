// `npm run conformance [-- NAME…]`: what takes real images, proxies and service managers, one after the other.
import { spawnSync } from 'node:child_process';
import { repositoryEnvironment } from './check/run-command.ts';
import { repositoryFiles } from './check/source-files.ts';
import { root } from './release/programs.ts';

/** What takes longer hangs. */
const timeoutMs = 20 * 60_000;

const names = process.argv.slice(2);
const files = repositoryFiles(root)
  .filter((path) => /^tests\/conformance\/.*\.conformance\.ts$/.test(path))
  .filter((path) => names.length === 0 || names.some((name) => path.endsWith(`/${name}.conformance.ts`)));
if (files.length === 0) {
  process.stderr.write(`There is no proof called ${names.join(' or ')} in tests/conformance.\n`);
  process.exit(2);
}

const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=1', ...files], {
  cwd: root,
  env: repositoryEnvironment(root),
  stdio: ['ignore', 'inherit', 'inherit'],
  timeout: timeoutMs,
});
process.exitCode = status ?? 1;
