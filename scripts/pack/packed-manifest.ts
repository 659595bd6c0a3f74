import { nodeMin } from '../install/node-version.mjs';

/** As much of a package.json as packing reads. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  /** TypeScript modules below `src/`, by the name that they are imported by. */
  readonly exports: Readonly<Record<string, string>>;
}

/**
 * The package.json of a package whose modules were compiled from `src/` to `dist/`: Node runs no TypeScript below
 * `node_modules`.
 */
export function packedManifest(manifest: Manifest): object {
  const compiled = Object.entries(manifest.exports).map(([name, module]): readonly [string, object] => {
    const path = module.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, '');
    return [name, { types: `${path}.d.ts`, default: `${path}.js` }];
  });
  const engines = { node: `>=${nodeMin}` };
  const { private: _private, ...published } = manifest;
  return { ...published, exports: Object.fromEntries(compiled), files: ['dist'], engines };
}
