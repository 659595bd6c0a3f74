import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { optionsTemplatePath } from './options-template.ts';
import { dataansServer, root } from './programs.ts';
import { copiedParts, describeLicenses, thirdPartiesOf } from './third-party.ts';

/** Where each file of the repository goes, beside the program. */
const installed: Readonly<Record<string, string>> = {
  'deploy/systemd/dataans-server.service': 'usr/lib/systemd/system/dataans-server.service',
  'deploy/systemd/dataans-backup.service': 'usr/lib/systemd/system/dataans-backup.service',
  'deploy/systemd/dataans-backup.timer': 'usr/lib/systemd/system/dataans-backup.timer',
  'deploy/debian/sysusers.conf': 'usr/lib/sysusers.d/dataans-server.conf',
  'deploy/debian/tmpfiles.conf': 'usr/lib/tmpfiles.d/dataans-server.conf',
  [optionsTemplatePath]: 'etc/dataans-server.env',
};
const settings = 'etc/dataans-server.env';
const scripts = ['postinst', 'prerm', 'postrm'];

/** What Debian calls the processors that there is a Node for. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The time of every file, as npm's packages have it: the same files are the same bytes, whenever they are packed. */
const packedAt = '499162500';

/**
 * Packs the server for `apt install`, with its units, its settings and a user of its own.
 *
 * @param program the server as one file, for the machine that this runs on
 * @param work an empty folder
 * @param into where the package goes
 * @returns its path
 */
export function buildDebianPackage(program: string, version: string, work: string, into: string): string {
  const architecture = architectures[process.arch];
  if (architecture === undefined || process.platform !== 'linux')
    throw new Error(`There is no Debian package for ${process.platform} on ${process.arch}.`);
  layOut(program, work);
  layOutControl(work, version, architecture);
  openFolders(work);
  const path = join(into, `dataans-server_${version}_${architecture}.deb`);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z6', '--build', work, path], {
    env: { ...process.env, SOURCE_DATE_EPOCH: packedAt },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return path;
}

function layOut(program: string, folder: string): void {
  copyTo(program, join(folder, 'usr/bin', dataansServer.name), 0o755);
  for (const [from, to] of Object.entries(installed)) copyTo(join(root, from), join(folder, to), 0o644);
  // It may come to hold secrets.
  chmodSync(join(folder, settings), 0o600);
  const about = join(folder, 'usr/share/doc', dataansServer.name);
  copyTo(join(root, 'CHANGELOG.md'), join(about, 'CHANGELOG.md'), 0o644);
  const licences = describeLicenses([...thirdPartiesOf([dataansServer.room]), ...copiedParts()]);
  write(join(about, 'copyright'), `${readFileSync(join(root, 'LICENSE'), 'utf8')}\n${licences}`, 0o644);
}

function layOutControl(folder: string, version: string, architecture: string): void {
  const control = `Package: ${dataansServer.name}
Version: ${version}
Architecture: ${architecture}
Maintainer: Dataans <root@localhost>
Section: net
Priority: optional
Depends: libc6 (>= 2.28), libatomic1, libstdc++6, systemd
Description: ${dataansServer.description}
 It keeps one person's notes and files, encrypted on their devices, and brings them to all of these.
`;
  write(join(folder, 'DEBIAN/control'), control, 0o644);
  write(join(folder, 'DEBIAN/conffiles'), `/${settings}\n`, 0o644);
  for (const name of scripts) copyTo(join(root, 'deploy/debian', name), join(folder, 'DEBIAN', name), 0o755);
}

/** Whatever the umask of the one who packs. */
function openFolders(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) openFolders(join(folder, entry.name));
}

function copyTo(from: string, to: string, mode: number): void {
  makeParent(to);
  cpSync(from, to);
  chmodSync(to, mode);
}

function write(path: string, text: string, mode: number): void {
  makeParent(path);
  writeFileSync(path, text);
  chmodSync(path, mode);
}

function makeParent(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
}
