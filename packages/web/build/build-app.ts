import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { slimSqlite } from './slim-sqlite.ts';

const base = '/app/';

/** The page with its worker, then the service worker, which has to know all of their files. */
export async function buildApp(web: string, dist: string): Promise<void> {
  const common = shared(web, dist);
  await build({
    ...common,
    worker: { format: 'es', plugins: () => [slimSqlite] },
    build: {
      ...common.build,
      rolldownOptions: { output: { codeSplitting: { groups: groupModules(join(web, 'src')) } } },
    },
  });
  const { paths, version } = listFiles(dist);
  await build({
    ...common,
    publicDir: false,
    define: { __KEPT_PATHS__: JSON.stringify(paths), __VERSION__: JSON.stringify(version) },
    build: {
      ...common.build,
      emptyOutDir: false,
      rolldownOptions: {
        input: join(web, 'src/service-worker/service-worker.ts'),
        output: { entryFileNames: 'service-worker.js', format: 'iife' },
      },
    },
  });
}

function shared(web: string, dist: string): InlineConfig {
  return {
    configFile: false,
    root: web,
    base,
    logLevel: 'error',
    // `markdown-it` asks it for the characters of names.
    resolve: { alias: [{ find: /^entities$/, replacement: join(web, 'src/markdown/named-characters.ts') }] },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: dist,
      emptyOutDir: true,
      target: 'es2023',
      cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
    },
  };
}

/** What several parts need is one file, and not dozens of some bytes; what only later ones need is another. */
function groupModules(source: string): Rolldown.CodeSplittingGroup[] {
  let first: ReadonlySet<string> | null = null;
  const isOfFirstScreen = (id: string, modules: Rolldown.ChunkingContext): boolean => {
    first ??= withImports(
      ['main.tsx', 'app/shell.tsx'].map((name) => join(source, name)),
      modules,
    );
    return first.has(id) || !id.startsWith(source);
  };
  return [
    {
      name: (id, modules) => (isOfFirstScreen(id, modules) ? 'shared' : null),
      minShareCount: 2,
      priority: 1,
    },
    { name: 'later', minShareCount: 2 },
  ];
}

function withImports(ids: readonly string[], modules: Rolldown.ChunkingContext): ReadonlySet<string> {
  const found = new Set(ids);
  // It grows on the way.
  for (const id of found)
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

/** The addresses of the built files, with the page under its own, and a name for all of them together. */
function listFiles(dist: string): { readonly paths: readonly string[]; readonly version: string } {
  const names = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dist.length + 1)
        .split(sep)
        .join('/'),
    )
    .toSorted();
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(readFileSync(join(dist, name)));
  const paths = names.map((name) => (name === 'index.html' ? base : base + name));
  return { paths, version: hash.digest('hex').slice(0, 16) };
}
