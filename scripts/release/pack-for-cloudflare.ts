import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { bundlePortable } from './bundle-portable.ts';
import { npmPack } from './npm-pack.ts';
import { dataansServer, readFilesOf, root } from './programs.ts';
import { copiedParts, describeLicenses, thirdPartiesOf } from './third-party.ts';

/** The one that `deploy/cloudflare/wrangler.jsonc` was tried with. */
const wrangler = '4.164.0';

/**
 * Packs what is deployed to Cloudflare: the Worker, the app's files, and their settings.
 *
 * @param work an empty folder
 * @param into where the tarball goes
 * @returns its path
 */
export async function packForCloudflare(version: string, work: string, into: string): Promise<string> {
  await bundlePortable(join(root, 'packages/server/src/worker/worker.ts'), join(work, 'program'));
  for (const [name, source] of plainAppFiles()) copy(source, join(work, 'assets/app', name));
  for (const name of ['wrangler.jsonc', 'README.md', 'new-token.mjs'])
    copy(join(root, 'deploy/cloudflare', name), join(work, name));
  copy(join(root, 'LICENSE'), join(work, 'LICENSE'));
  writeFileSync(
    join(work, 'THIRD-PARTY.md'),
    describeLicenses([...thirdPartiesOf(['server']), ...copiedParts()]),
  );
  const manifest = {
    name: 'dataans-cloudflare',
    version,
    private: true,
    type: 'module',
    dependencies: { wrangler },
  };
  writeFileSync(join(work, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const [packed = ''] = npmPack([work], into);
  return packed;
}

/** Cloudflare compresses them itself. */
function plainAppFiles(): readonly (readonly [name: string, source: string])[] {
  return [...readFilesOf(dataansServer)]
    .filter(([name]) => !['.br', '.gz'].includes(extname(name)))
    .map(([name, source]) => [name.replace(/^dist\//, ''), source] as const);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
