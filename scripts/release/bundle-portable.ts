import { build } from 'vite';
import { root } from './programs.ts';

/**
 * Writes a module as one file for runtimes that have `fetch` and no Node, with everything that it imports but what the
 * runtime brings: `worker.js`.
 *
 * @param entry path of the module
 * @param folder where the file goes
 */
export async function bundlePortable(entry: string, folder: string): Promise<void> {
  await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'webworker' },
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      target: 'es2024',
      minify: true,
      rolldownOptions: {
        external: /^(?:node|cloudflare):/,
        output: { entryFileNames: 'worker.js', codeSplitting: false },
      },
    },
  });
}
