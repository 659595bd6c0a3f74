import { join } from 'node:path';
import { build } from 'vite';

const page = join(import.meta.dirname, 'page');

/** Bundles the test page and its workers into `folder`; the suites' `node:test` and `node:assert` are stood in for. */
export async function bundlePage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: page,
    logLevel: 'error',
    worker: { format: 'es' },
    resolve: {
      alias: {
        'node:test': join(page, 'registered-tests.ts'),
        'node:assert/strict': join(page, 'assert.ts'),
      },
    },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'esnext',
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  });
}
