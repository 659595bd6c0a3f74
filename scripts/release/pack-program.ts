import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeMin } from '../install/node-version.mjs';
import { bundleProgram } from './bundle-program.ts';
import { launcherSource } from './launcher.ts';
import { npmPack } from './npm-pack.ts';
import { readFilesOf, root, type Program } from './programs.ts';
import { copiedParts, describeLicenses, thirdPartiesOf } from './third-party.ts';

/**
 * Packs a program for `npm install -g`. It needs no other package: what it stands on is in it, in the versions that were
 * tested, and is named with its licence.
 *
 * @param work an empty folder
 * @param into where the tarball goes
 * @returns its path
 */
export async function packProgram(program: Program, work: string, into: string): Promise<string> {
  await layOutProgram(program, work);
  const [packed = ''] = npmPack([work], into);
  return packed;
}

async function layOutProgram(program: Program, folder: string): Promise<void> {
  const { name, room } = program;
  await bundleProgram(program, join(folder, 'program'), { inOneFile: false });
  for (const [path, source] of readFilesOf(program)) cpSync(source, join(folder, path));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', `${name}.mjs`), launcherSource(name), { mode: 0o755 });
  for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md']) cpSync(join(root, file), join(folder, file));
  writeFileSync(
    join(folder, 'THIRD-PARTY.md'),
    describeLicenses([...thirdPartiesOf([room]), ...copiedParts()]),
  );
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifestOf(program), null, 2)}\n`);
}

function manifestOf({ name, room, description }: Program): object {
  // Written by this repository.
  const { version, license } = JSON.parse(
    readFileSync(join(root, 'packages', room, 'package.json'), 'utf8'),
  ) as { readonly version: string; readonly license: string };
  const engines = { node: `>=${nodeMin}` };
  return { name, version, description, license, type: 'module', bin: { [name]: `bin/${name}.mjs` }, engines };
}
