import { registerHooks, type LoadFnOutput } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { plantBug } from './plant-bug.ts';
import type { PlantedBug } from './planted-bugs.ts';
import { hasLimits, shrinkLimits } from './small-limits.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const disk = join(import.meta.dirname, '..', 'disk');
const fakeFileSystem = pathToFileURL(join(disk, 'fs-promises.ts')).href;
const fakeSynchronousFileSystem = pathToFileURL(join(disk, 'fs.ts')).href;

/** What writes chunks does so on simulated disks; who asks how much room a real one has does not. */
const onSimulatedDisks =
  /^packages\/(?:server\/src\/storage\/disk\/(?!folder-health)|client\/src\/node\/(?:chunk-folder|rename-file|write-file)\.ts)/;

const makesFolders = 'packages/server/src/storage/disk/make-folder.ts';

/**
 * From here on the product is loaded as simulations need it: with small limits, its chunks on simulated
 * disks, and with one planted bug or none. Has to be called before anything of the product is imported.
 */
export function hookProduct(bug: PlantedBug | null): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const parent = context.parentURL === undefined ? '' : pathInRepository(context.parentURL);
      const fake = standInFor(specifier, parent);
      return fake === null
        ? next(specifier, context)
        : { url: fake, format: 'module-typescript', shortCircuit: true };
    },
    load: (url, context, next) => {
      const loaded = next(url, context);
      const path = pathInRepository(url);
      const hasBug = bug?.changes.some(({ file }) => file === path) === true;
      if (!hasLimits(path) && !hasBug) return loaded;
      const small = shrinkLimits(path, sourceText(loaded.source));
      const source = bug === null ? small : plantBug(path, small, bug);
      return { ...loaded, source };
    },
  });
}

function standInFor(specifier: string, parent: string): string | null {
  if (specifier === 'node:fs/promises' && onSimulatedDisks.test(parent)) return fakeFileSystem;
  return specifier === 'node:fs' && parent === makesFolders ? fakeSynchronousFileSystem : null;
}

function pathInRepository(url: string): string {
  if (!url.startsWith('file:')) return '';
  const path = fileURLToPath(url);
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : '';
}

function sourceText(source: LoadFnOutput['source']): string {
  if (source === undefined || source === null) throw new TypeError('A module has no source.');
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}
