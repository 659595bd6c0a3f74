// `npm run conformance [-- NAME…]`: what takes real programs, proxies and service managers.
import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { repositoryEnvironment } from './check/run-command.ts';
import { repositoryFiles } from './check/source-files.ts';
import { root } from './release/programs.ts';

/** What takes longer hangs. */
const timeoutMs = 20 * 60_000;

/** It makes a Debian and builds in it, for minutes: `npm run conformance -- image`. */
const onlyByName: ReadonlySet<string> = new Set(['image']);

const names = process.argv.slice(2);
const isAsked = (name: string): boolean =>
  names.length === 0 ? !onlyByName.has(name) : names.includes(name);
const files = repositoryFiles(root)
  .filter((path) => /^tests\/conformance\/.*\.conformance\.ts$/.test(path))
  .filter((path) => isAsked(basename(path, '.conformance.ts')));
if (files.length === 0) {
  process.stderr.write(`There is no proof called ${names.join(' or ')} in tests/conformance.\n`);
  process.exit(2);
}

const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=2', ...files], {
  cwd: root,
  env: repositoryEnvironment(root),
  stdio: ['ignore', 'inherit', 'inherit'],
  timeout: timeoutMs,
});
process.exitCode = status ?? 1;
