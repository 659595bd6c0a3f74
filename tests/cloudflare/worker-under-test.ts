import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToHex, type Frame } from '@dataans/core';
import { randomBytesToToken, tokenToHash } from '@dataans/server/app';
import { Miniflare } from 'miniflare';
import type { Bucket, ObjectNamespace } from '../../packages/server/src/storage/cloudflare/bindings.ts';
import type { AccountStub } from '../../packages/server/src/storage/cloudflare/object-calls.ts';
import { bundlePortable } from '../../scripts/release/bundle-portable.ts';
import { root } from '../../scripts/release/programs.ts';
import type { World } from '../world/world.ts';
import type { Billed } from './measured-worker.ts';

export const token = randomBytesToToken(new Uint8Array(32).fill(1));
const tokenSettings = {
  DATAANS_AUTH: 'token',
  DATAANS_TOKENS: `laptop=${bytesToHex(tokenToHash(token))}`,
};
export const appFiles = { 'index.html': '<title>Notes</title>', 'assets/app-1.js': 'start();' };

export interface AccountUnderTest extends AccountStub {
  countSockets(): Promise<number>;
}

export interface WorkerUnderTest {
  /** Without a slash at the end. */
  readonly address: string;
  /** The object of this name. */
  account(name: string): AccountUnderTest;
  measured(name: string): {
    measure(batch: readonly Frame[], more: readonly Frame[]): Promise<readonly Billed[]>;
  };
  readonly bucket: Bucket;
  /** Asks the same program with other settings: behind Access, the same for many, or with none at all. */
  ask(
    which: 'access' | 'many' | 'unset',
    path: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
}

export interface AccessSettings {
  readonly settings: Readonly<Record<string, string>>;
  /** Answers what the Worker fetches. */
  readonly answer: (address: string) => Promise<Response>;
}

/** The Worker as it is deployed, in Cloudflare's runtime on this machine. */
export async function startWorker(world: World, access: AccessSettings): Promise<WorkerUnderTest> {
  const program = join(world.folder, 'program');
  await bundlePortable(join(root, 'tests/cloudflare/measured-worker.ts'), program);
  const assets = join(world.folder, 'assets');
  await mkdir(join(assets, 'app/assets'), { recursive: true });
  for (const [name, text] of Object.entries(appFiles)) await writeFile(join(assets, 'app', name), text);

  const deployed = await readDeployed(join(root, 'deploy/cloudflare/wrangler.jsonc'));
  const worker = (name: string, bindings: Readonly<Record<string, string>>) => ({
    ...workerOptions(deployed, join(program, 'worker.js'), assets),
    name,
    durableObjects: {
      ACCOUNTS: { className: 'AccountObject', useSQLite: true },
      MEASURED: { className: 'MeasuredObject', useSQLite: true },
    },
    bindings,
    outboundService: ({ url }: { readonly url: string }) => access.answer(url),
  });
  const miniflare = new Miniflare({
    workers: [
      worker('token', tokenSettings),
      worker('access', access.settings),
      worker('many', { ...access.settings, DATAANS_ACCOUNTS: 'many' }),
      worker('unset', {}),
    ],
    // Else it asks Cloudflare where this machine is.
    cf: false,
    handleRuntimeStdio: () => {},
  });
  world.defer(() => miniflare.dispose());
  const address = String(await miniflare.ready).replace(/\/$/, '');
  // What Miniflare passes on has the methods of our classes, and those of R2 that we name.
  const objects = async (binding: string) =>
    (await miniflare.getDurableObjectNamespace(binding)) as unknown as ObjectNamespace<never>;
  const [accounts, measured] = await Promise.all([objects('ACCOUNTS'), objects('MEASURED')]);
  const bucket = (await miniflare.getR2Bucket('CHUNKS')) as unknown as Bucket;
  return {
    address,
    bucket,
    account: (name) => accounts.get(accounts.idFromName(name)),
    measured: (name) => measured.get(measured.idFromName(name)),
    ask: async (which, path, headers = {}) => {
      const service = (await miniflare.getWorker(which)) as unknown as { readonly fetch: typeof fetch };
      return service.fetch(`https://notes.example.org${path}`, { headers, redirect: 'manual' });
    },
  };
}

/** What of `wrangler.jsonc` decides how the program runs. */
export interface Deployed {
  readonly main: string;
  readonly compatibility_date: string;
  readonly compatibility_flags: readonly string[];
  readonly assets: {
    readonly directory: string;
    readonly run_worker_first: boolean;
    readonly html_handling: 'none';
    readonly not_found_handling: 'none';
  };
}

export async function readDeployed(path: string): Promise<Deployed> {
  const text = await readFile(path, 'utf8');
  // Comments have lines of their own there. What is read is in the file of this repository.
  const json = text.replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/,(?=\s*[}\]])/g, '');
  return JSON.parse(json) as Deployed;
}

/** The same settings as Miniflare calls them. */
export function workerOptions(deployed: Deployed, program: string, assets: string) {
  const { compatibility_date, compatibility_flags, assets: served } = deployed;
  return {
    modules: [{ type: 'ESModule' as const, path: program }],
    modulesRoot: join(program, '..'),
    compatibilityDate: compatibility_date,
    compatibilityFlags: [...compatibility_flags],
    r2Buckets: ['CHUNKS'],
    assets: {
      directory: assets,
      binding: 'APP',
      routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: served.run_worker_first },
      assetConfig: {
        html_handling: served.html_handling,
        not_found_handling: served.not_found_handling,
      },
    },
  };
}
