import { join } from 'node:path';
import { build } from 'vite';
import { nodeMin } from '../install/node-version.mjs';
import { root, type Program } from './programs.ts';

export interface BundleOptions {
  /** All in `main.js`; else what a command may not need is loaded when it does. */
  readonly inOneFile: boolean;
}

/** Writes a program as JavaScript, with everything that it imports: `main.js`, and other modules beside it. */
export async function bundleProgram(
  { room }: Program,
  folder: string,
  { inOneFile }: BundleOptions,
): Promise<void> {
  await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(root, 'packages', room, 'src/main.ts'),
      outDir: folder,
      emptyOutDir: true,
      target: `node${nodeMin}`,
      // Names and lines of an error that somebody reports say where it was.
      minify: false,
      rolldownOptions: {
        output: {
          entryFileNames: 'main.js',
          // Beside it and not below: they find files of the package from where they are.
          chunkFileNames: '[name]-[hash].js',
          ...(inOneFile && { codeSplitting: false }),
        },
      },
    },
  });
}
