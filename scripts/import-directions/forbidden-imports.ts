import { posix } from 'node:path';
import { isTestCode } from '../check/source-files.ts';
import { importSpecifiers } from './import-specifiers.ts';

export interface ForbiddenImport {
  readonly path: string;
  readonly specifier: string;
  readonly reason: string;
}

interface PackageRule {
  /** Workspace modules that it may import. */
  readonly workspace: readonly string[];
  /** Folders in `src/` that alone may import Node's modules, or `all` of it. */
  readonly node: readonly string[] | 'all';
}

const ruleByPackage: Readonly<Record<string, PackageRule>> = {
  core: { workspace: [], node: [] },
  server: { workspace: ['@dataans/core', '@dataans/web/served', '@dataans/web/served/answer'], node: 'all' },
  client: { workspace: ['@dataans/core'], node: ['node'] },
  cli: {
    workspace: ['@dataans/core', '@dataans/client', '@dataans/client/node', '@dataans/web/served'],
    node: 'all',
  },
  web: {
    workspace: ['@dataans/core', '@dataans/client', '@dataans/client/web', '@dataans/client/worker'],
    node: [],
  },
};

/** Modules with one home each. */
const homesBySpecifier: Readonly<Record<string, readonly string[]>> = {
  'node:sqlite': ['packages/server/src/storage/', 'packages/client/src/node/'],
  '@sqlite.org/sqlite-wasm': ['packages/client/src/browser/'],
  pg: ['packages/server/src/storage/postgres/'],
  aws4fetch: ['packages/server/src/storage/s3/'],
  'cloudflare:workers': ['packages/server/src/worker/'],
};

/** What of the server runs where there is no Node as well, with the modules of Node that other runtimes have. */
const portable = {
  places:
    /^packages\/server\/src\/(?:(?:accounts|auth|callers|chunks|log|metrics|options|problems|routes|stores|storage\/sql|storage\/cloudflare|worker)\/|(?:app|answer-routes|portable)\.ts$)/,
  modules: ['node:crypto', 'node:net', '@dataans/core', '@dataans/web/served/answer'],
};

/** Folders that belong to one platform: the rest of their package works without them. */
const adapterFolders = ['packages/client/src/node/', 'packages/client/src/browser/'];

/** A folder that only what puts a program together may know, beside itself: the rest takes interfaces. */
const wiredFolders: Readonly<Record<string, readonly string[]>> = {
  'packages/server/src/storage/': [
    'packages/server/src/storage/',
    'packages/server/src/commands/',
    'packages/server/src/run.ts',
    'packages/server/src/worker/',
    'packages/server/src/start-server.ts',
  ],
};

/** The imports of a module in `packages/<name>/src/` that its place does not allow. */
export function findForbiddenImports(path: string, source: string): readonly ForbiddenImport[] {
  return importSpecifiers(source).flatMap((specifier) => {
    const reason = specifier.startsWith('.')
      ? whyNotRelative(path, specifier)
      : whyNotModule(path, specifier);
    return reason === undefined ? [] : [{ path, specifier, reason }];
  });
}

function whyNotRelative(path: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  const home = `packages/${packageOf(path)}/`;
  if (!target.startsWith(home)) return `a relative import stays inside ${home}`;
  if (isTestCode(path)) return undefined;
  const adapter = adapterFolders.find((folder) => target.startsWith(folder) && !path.startsWith(folder));
  if (adapter !== undefined) return `only ${adapter} knows what is in it`;
  const wired = Object.entries(wiredFolders).find(([folder]) => target.startsWith(folder));
  if (wired === undefined || wired[1].some((place) => path.startsWith(place))) return undefined;
  return `only what puts the server together knows ${wired[0]}`;
}

function whyNotModule(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('@dataans/'))
    return whyNotWorkspace(path, specifier) ?? whyNotPortable(path, specifier);
  if (isTestCode(path)) return undefined;
  const homes = homesBySpecifier[specifier];
  if (homes?.some((home) => path.startsWith(home)) === false) return `only ${homes.join(' and ')} may`;
  return specifier.startsWith('node:') ? (whyNotNode(path) ?? whyNotPortable(path, specifier)) : undefined;
}

function whyNotPortable(path: string, specifier: string): string | undefined {
  if (isTestCode(path) || !portable.places.test(path) || portable.modules.includes(specifier))
    return undefined;
  return `it also runs where there is no Node, with ${portable.modules.join(', ')}`;
}

function whyNotWorkspace(path: string, specifier: string): string | undefined {
  const name = packageOf(path);
  const allowed = ruleByPackage[name]?.workspace ?? [];
  if (allowed.includes(specifier)) return undefined;
  return `${name} may import ${allowed.length === 0 ? 'no other package' : `only ${allowed.join(', ')}`}`;
}

function whyNotNode(path: string): string | undefined {
  const name = packageOf(path);
  const folders = ruleByPackage[name]?.node ?? [];
  if (folders === 'all') return undefined;
  if (folders.some((folder) => path.startsWith(`packages/${name}/src/${folder}/`))) return undefined;
  return folders.length === 0
    ? `${name} runs without Node`
    : `only src/${folders.join(', src/')} may import Node's modules`;
}

function packageOf(path: string): string {
  return path.split('/')[1] ?? '';
}
