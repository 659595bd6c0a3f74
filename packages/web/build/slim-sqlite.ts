import type { Plugin } from 'vite';

/** Parts of SQLite's package that a home never uses, each with words that stand in it alone. */
const unusedParts: Readonly<Record<string, string>> = {
  'a worker of its own': 'sqlite3.initWorker1API = function',
  'virtual tables in JavaScript': 'sqlite3.vtab = vtab',
  'databases in the storage of a page': 'sqlite3.config.disable?.vfs?.kvvfs',
  'what both ways to share files need': 'sqlite3.opfs = Object.create(null)',
  'files that a second worker opens': 'const installOpfsVfs = ',
  'files that tabs share by locks': 'const installOpfsWlVfs = ',
};

const part =
  /^\t\tglobalThis\.sqlite3ApiBootstrap\.initializers\.push\(function\(sqlite3\) \{\n[^]*?^\t\t\}\);\n/gm;
const promiser = /^\/\/#region src\/bin\/sqlite3-worker1-promiser\.mjs\n[^]*?^\/\/#endregion\n/m;

/** Leaves the unused parts out of the worker: a quarter of all that it has to load. */
export const slimSqlite: Plugin = {
  name: 'slim-sqlite',
  transform: (source, id) =>
    id.endsWith('/sqlite-wasm/dist/index.mjs') ? { code: withoutUnused(source), map: null } : null,
};

/** @throws Error if the package has changed, so that a part is not where it was */
export function withoutUnused(source: string): string {
  const missing = new Set(Object.keys(unusedParts));
  const slim = source.replaceAll(part, (text) => {
    const found = Object.entries(unusedParts).find(([, words]) => text.includes(words));
    if (found === undefined) return text;
    missing.delete(found[0]);
    return '';
  });
  if (missing.size > 0 || !promiser.test(slim))
    throw new Error(
      `The package of SQLite has changed. Look in it for: ${[...missing, 'the promiser of its worker'].join(', ')}.`,
    );
  return slim.replace(promiser, 'const sqlite3_worker1_promiser_default = undefined;\n');
}
