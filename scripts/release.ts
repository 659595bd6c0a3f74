// Makes what people install: npm run release [-- PART…]
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packSdk } from './pack/pack-sdk.ts';
import { billOfMaterials } from './release/bill-of-materials.ts';
import { checksumsName, checksumsOf } from './release/checksums.ts';
import { buildDebianPackage } from './release/debian-package.ts';
import { buildOneFile, oneFileName } from './release/one-file.ts';
import { packForCloudflare } from './release/pack-for-cloudflare.ts';
import { packProgram } from './release/pack-program.ts';
import { dataans, dataansServer, root, type Program } from './release/programs.ts';
import { readVersion } from './release/versions.ts';

const programs = [dataans, dataansServer];
const into = join(root, 'release');
const version = readVersion(root);

/** What can be made, in this order. */
const parts: Readonly<Record<string, (work: string) => Promise<readonly string[]>>> = {
  npm: async (work) => [
    ...packSdk(into),
    ...(await Promise.all(programs.map((one) => packProgram(one, makeFolder(work, one.name), into)))),
  ],
  command: async (work) => [await makeOneFile(dataans, work)],
  server: async (work) => [await makeOneFile(dataansServer, work)],
  cloudflare: async (work) => [await packForCloudflare(version, makeFolder(work, 'cloudflare'), into)],
  deb: async (work) => {
    const server = join(makeFolder(work, 'program'), dataansServer.name);
    await buildOneFile(dataansServer, makeFolder(work, 'one-file-in-deb'), server);
    return [buildDebianPackage(server, version, makeFolder(work, 'deb'), into)];
  },
  sbom: async () => [write(`dataans-${version}.cdx.json`, billOfMaterials(version))],
};

/** It needs `dpkg-deb`. */
const onlyByName: ReadonlySet<string> = new Set(['deb']);

async function makeOneFile(program: Program, work: string): Promise<string> {
  const output = join(into, oneFileName(program, version));
  await buildOneFile(program, makeFolder(work, `one-file-${program.name}`), output);
  return output;
}

function write(name: string, text: string): string {
  const path = join(into, name);
  writeFileSync(path, text);
  return path;
}

function makeFolder(parent: string, name: string): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  return folder;
}

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in parts));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no ${unknown.join(' or ')} to make. Name some of: ${Object.keys(parts).join(', ')}.\n`,
  );
  process.exit(2);
}

rmSync(into, { recursive: true, force: true });
mkdirSync(into);
const work = mkdtempSync(join(tmpdir(), 'dataans-release-'));
try {
  for (const [name, make] of Object.entries(parts))
    if (named.length === 0 ? !onlyByName.has(name) : named.includes(name))
      for (const path of await make(work)) process.stdout.write(`${path}\n`);
  process.stdout.write(`${write(checksumsName, checksumsOf(into))}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
