// Plain JavaScript that runs on Node 20: it is what fetches the newer Node that runs everything else.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builderPackages } from './install/builder-packages.mjs';
import { missingPackages } from './install/missing-packages.mjs';
import { findOwnNode } from './install/own-node.mjs';
import { nodePackageOf, packagedNodeIn } from './install/packaged-node.mjs';
import { isNewEnough, nodeTooOldSentence, nodeVersionOf } from './install/node-version.mjs';
import {
  conformancePackages,
  findProgram,
  missingProgramSentence,
  systemPackages,
} from './install/system-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** What npm scripts find before the machine's own Node, if it is there. */
const preferredNode = join(root, 'node_modules', '.bin', 'node');
const ownNode = findOwnNode(root, process.execPath, process.env['PATH'] ?? '');
const ownVersion =
  ownNode === process.execPath ? process.version : ((ownNode && nodeVersionOf(ownNode)) ?? '');
const needsPackagedNode = !isNewEnough(ownVersion);
const forTests = process.argv.includes('--tests');
/** What is installed is going to build the app. */
const forApp = process.argv.includes('--app');
const forConformance = process.argv.includes('--conformance');
const withDevelopment = forTests || forConformance || process.argv.includes('--development');

installNpmPackages();
preferNode();
if (forTests) installSystemPackages(systemPackages);
if (forConformance) installSystemPackages(conformancePackages);

function installNpmPackages() {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  const installed = existsSync(installedLock) ? readLock(installedLock) : {};
  const wanted = readLock(join(root, 'package-lock.json'));
  const node = nodePackageOf(process.platform, process.arch);
  const needed = [
    ...(needsPackagedNode ? [`node_modules/${node}`] : []),
    ...(forApp || withDevelopment ? builderPackages(wanted, thisMachine()) : []),
  ];
  if (missingPackages(wanted, installed, { withDevelopment, needed }).length === 0) return;
  say(`Installing npm packages (some ${megabytesToInstall()} MB, once) …`);
  run(
    [...npm(), 'ci', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', ...whatToInstall()],
    {},
  );
}

function thisMachine() {
  // `glibcVersionRuntime` is there where the C library is that of GNU.
  const header = /** @type {{ header: object }} */ (process.report.getReport()).header;
  const libc = process.platform === 'linux' && !('glibcVersionRuntime' in header) ? 'musl' : 'glibc';
  return /** @type {const} */ ({ platform: process.platform, architecture: process.arch, libc });
}

function megabytesToInstall() {
  if (withDevelopment) return 400;
  if (needsPackagedNode) return 290;
  return forApp ? 75 : 40;
}

/**
 * All of it for development; else what runs. What is optional for npm is a Node, which only the folder itself depends on, and
 * parts of what builds the app, which only a package does.
 */
function whatToInstall() {
  if (withDevelopment) return ['--include=dev'];
  if (needsPackagedNode) return ['--omit=dev'];
  return forApp ? ['--omit=dev', '--workspaces'] : ['--omit=dev', '--omit=optional'];
}

/** The machine's own Node runs everything if it can; so it does if the packaged one cannot run here (musl, an old glibc). */
function preferNode() {
  if (!needsPackagedNode || nodeVersionOf(packagedNodeIn(root)) === undefined)
    rmSync(preferredNode, { force: true });
  if (needsPackagedNode && !isNewEnough(nodeVersionOf(packagedNodeIn(root)) ?? ''))
    fail(nodeTooOldSentence(ownVersion));
}

/** @param {readonly import('./install/system-packages.mjs').SystemPackage[]} packages */
function installSystemPackages(packages) {
  const missing = packages.filter((one) => findProgram(one, process.env) === undefined);
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
  // By the machine's own Node: the packaged one is replaced meanwhile.
  if (caller !== undefined && basename(caller) === 'npm-cli.js') return [ownNode ?? process.execPath, caller];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** @param {readonly string[]} command @param {Readonly<Record<string, string>>} environment */
function run([program = '', ...args], environment) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    // What ends in .cmd runs in a shell only; no argument of ours means anything to it.
    shell: program.endsWith('.cmd'),
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
