import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmPack } from '../release/npm-pack.ts';
import { root } from '../release/programs.ts';
import { packedManifest, type Manifest } from './packed-manifest.ts';

/** What a program needs that stands on the SDK. */
const packages = ['core', 'client'];

/**
 * Compiles the SDK and packs it as npm would publish it.
 *
 * @param folder where the tarballs go; made if it is not there
 * @returns their paths
 */
export function packSdk(folder: string): readonly string[] {
  const work = mkdtempSync(join(tmpdir(), 'dataans-pack-'));
  try {
    compile(work);
    return npmPack(
      packages.map((name) => layOut(name, join(work, name))),
      folder,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function compile(into: string): void {
  const compiler = join(root, 'node_modules/.bin/tsc');
  const project = join(import.meta.dirname, 'tsconfig.json');
  execFileSync(process.execPath, [compiler, '-p', project, '--outDir', into], { stdio: 'inherit' });
}

/** Makes of what was compiled the folder that npm packs. */
function layOut(name: string, compiled: string): string {
  const source = join(root, 'packages', name);
  // Written by this repository, and read by npm in the same form.
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
  cpSync(join(compiled, 'src'), join(compiled, 'dist'), { recursive: true });
  rmSync(join(compiled, 'src'), { recursive: true });
  cpSync(join(root, 'LICENSE'), join(compiled, 'LICENSE'));
  cpSync(join(root, 'docs/sdk.md'), join(compiled, 'README.md'));
  writeFileSync(join(compiled, 'package.json'), `${JSON.stringify(packedManifest(manifest), null, 2)}\n`);
  return compiled;
}
