// Plain JavaScript that runs on Node 20: it is what fetches the newer Node that runs everything else.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingPackages } from './install/missing-packages.mjs';
import { isNewEnough, nodeTooOldSentence, nodeVersionOf } from './install/node-version.mjs';
import { findProgram, missingProgramSentence, systemPackages } from './install/system-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packagedNode = join(root, 'node_modules', '.bin', 'node');
const forTests = process.argv.includes('--tests');
const withDevelopment = forTests || process.argv.includes('--development');

installNpmPackages();
requireNewNode();
if (forTests) installSystemPackages();

function installNpmPackages() {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  const installed = existsSync(installedLock) ? readLock(installedLock) : {};
  const wanted = readLock(join(root, 'package-lock.json'));
  if (missingPackages(wanted, installed, { withDevelopment }).length === 0) return;
  say('Installing npm packages (some 400 MB, once) …');
  const include = withDevelopment ? ['--include=dev'] : [];
  run([...npm(), 'ci', '--no-audit', '--no-fund', '--loglevel=error', ...include], {});
  // A packaged Node that does not run here (musl, an old glibc) must not stand in the way of the machine's own.
  if (nodeVersionOf(packagedNode) === undefined) rmSync(packagedNode, { force: true });
}

function requireNewNode() {
  if (isNewEnough(process.version)) return;
  if (isNewEnough(nodeVersionOf(packagedNode) ?? '')) return;
  fail(nodeTooOldSentence(process.version));
}

function installSystemPackages() {
  const missing = systemPackages.filter((one) => findProgram(one, process.env) === undefined);
  const [first] = missing;
  if (first === undefined) return;
  const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  const misnamed = missing.find((one) => one.variable !== undefined && process.env[one.variable]);
  if (!mayInstall || misnamed) fail(missingProgramSentence(misnamed ?? first, process.env));
  const names = missing.map((one) => one.debian);
  say(`Installing ${names.join(', ')} with apt-get, for ${first.usedFor} …`);
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  run(['apt-get', 'update'], environment);
  run(['apt-get', 'install', '-y', '--no-install-recommends', ...names], environment);
}

/** @param {string} path @returns {import('./install/missing-packages.mjs').Lock} */
function readLock(path) {
  return /** @type {import('./install/missing-packages.mjs').Lock} */ (
    JSON.parse(readFileSync(path, 'utf8'))
  );
}

/** The npm that called this script, so that its version and settings stay the same. */
function npm() {
  const caller = process.env['npm_execpath'];
  if (caller !== undefined && basename(caller) === 'npm-cli.js') return [process.execPath, caller];
  return ['npm'];
}

/** @param {readonly string[]} command @param {Readonly<Record<string, string>>} environment */
function run([program = '', ...args], environment) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status === 0) return;
  say(`${stdout ?? ''}${stderr ?? ''}`.trimEnd());
  fail(`${[program, ...args].join(' ')} failed${error ? `: ${error.message}` : ''}: see its output above.`);
}

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  say(sentence);
  process.exit(1);
}
