import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * @typedef {object} SystemPackage
 * @property {string} name what people call it
 * @property {string} usedFor
 * @property {readonly string[]} commands any one of them will do
 * @property {string} [variable] environment variable that names the program itself
 * @property {string} debian the Debian package that has it
 */

/** @type {SystemPackage} */
export const chromium = {
  name: 'Chromium',
  usedFor: 'the tests in a real browser',
  commands: ['chromium', 'google-chrome', 'google-chrome-stable'],
  variable: 'DATAANS_CHROMIUM',
  debian: 'chromium',
};

/**
 * Everything outside npm that the tests call.
 *
 * @type {readonly SystemPackage[]}
 */
export const systemPackages = [
  chromium,
  { name: 'diff', usedFor: 'comparing exported folders', commands: ['diff'], debian: 'diffutils' },
  { name: 'tar', usedFor: 'unpacking test corpora', commands: ['tar'], debian: 'tar' },
  { name: 'gzip', usedFor: 'unpacking test corpora', commands: ['gzip'], debian: 'gzip' },
  ...['bash', 'zsh', 'fish'].map((shell) => ({
    name: shell,
    usedFor: 'the tests of its completion',
    commands: [shell],
    debian: shell,
  })),
];

/**
 * Everything outside npm that the proofs with real images, proxies and service managers call.
 *
 * @type {readonly SystemPackage[]}
 */
export const conformancePackages = [
  { name: 'podman', usedFor: 'building and running the image', debian: 'podman', commands: ['podman'] },
  { name: 'buildah', usedFor: 'building the image', debian: 'buildah', commands: ['buildah'] },
  { name: 'runc', usedFor: 'running the image', debian: 'runc', commands: ['runc'] },
  {
    name: 'netavark',
    usedFor: 'running the image',
    debian: 'netavark',
    commands: ['/usr/lib/podman/netavark'],
  },
  { name: 'newuidmap', usedFor: 'running the image', debian: 'uidmap', commands: ['newuidmap'] },
  {
    name: 'podman-compose',
    usedFor: 'reading the compose files',
    debian: 'podman-compose',
    commands: ['podman-compose'],
  },
  {
    name: 'mmdebstrap',
    usedFor: 'making the base of the image',
    debian: 'mmdebstrap',
    commands: ['mmdebstrap'],
  },
  {
    name: 'systemd-analyze',
    usedFor: 'checking the units',
    debian: 'systemd',
    commands: ['systemd-analyze'],
  },
  { name: 'dpkg-deb', usedFor: 'the Debian package', debian: 'dpkg', commands: ['dpkg-deb'] },
  ...['nginx', 'caddy', 'haproxy'].map((proxy) => ({
    name: proxy,
    usedFor: 'proxies in front of the server',
    commands: [proxy],
    debian: proxy,
  })),
  {
    name: 'Firefox',
    usedFor: 'the app in another browser than Chromium',
    commands: ['firefox-esr'],
    variable: 'DATAANS_FIREFOX',
    debian: 'firefox-esr',
  },
  {
    name: 'PostgreSQL',
    usedFor: 'the server on PostgreSQL',
    commands: ['/usr/lib/postgresql/15/bin/postgres', '/usr/lib/postgresql/17/bin/postgres'],
    debian: 'postgresql',
  },
  {
    name: 'PgBouncer',
    usedFor: 'the server on PostgreSQL behind a pooler',
    commands: ['pgbouncer'],
    debian: 'pgbouncer',
  },
  ...['proxy', 'account', 'container', 'object'].map((part) => ({
    name: `swift-${part}-server`,
    usedFor: 'chunks in an object store',
    debian: `swift-${part}`,
    commands: [`swift-${part}-server`],
  })),
  ...['ceph-mon', 'ceph-osd', 'radosgw'].map((program) => ({
    name: program,
    usedFor: 'chunks in another object store',
    debian: program,
    commands: [program],
  })),
  { name: 'promtool', usedFor: 'checking the metrics', debian: 'prometheus', commands: ['promtool'] },
];

/**
 * Where a system package's program is, or undefined. The variable, when set, is the only place looked at.
 *
 * @param {SystemPackage} systemPackage
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
export function findProgram(systemPackage, environment) {
  const named = systemPackage.variable && environment[systemPackage.variable];
  if (named) return isProgram(named) ? named : undefined;
  const folders = [...(environment['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/sbin'].filter(
    (folder) => folder !== '',
  );
  return systemPackage.commands
    .flatMap((command) => (isAbsolute(command) ? [command] : folders.map((folder) => join(folder, command))))
    .find(isProgram);
}

/**
 * @param {SystemPackage} systemPackage
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
export function missingProgramSentence(systemPackage, environment) {
  const { name, usedFor, debian, variable } = systemPackage;
  const named = variable && environment[variable];
  if (named) return `${variable} names ${named}, which is not a program: correct it or unset it.`;
  const orVariable = variable ? `, or set ${variable} to where it is` : '';
  return `${name} is needed for ${usedFor}: install it (on Debian: apt-get install ${debian})${orVariable}.`;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
