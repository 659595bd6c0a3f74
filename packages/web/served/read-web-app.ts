import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { builtFiles, filesOfFolder, type BuiltFiles } from './built-files.ts';
import { shellName, type AppFile, type WebApp } from './web-app.ts';

const mediaTypeByExtension: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

const compressed: ReadonlySet<string> = new Set(['.br', '.gz']);
/** A form that is larger is none of these files. */
const plainBytesMax = 16 * 1024 * 1024;

/** The app that comes with this program. `null`: it was not built. */
export function readBuiltApp(): WebApp | null {
  return readFiles(builtFiles());
}

/** The app in the folder that it was built into. `null`: it was not built. */
export function readWebApp(folder: string): WebApp | null {
  return readFiles(filesOfFolder(folder));
}

/** Reads them once and whole: some megabytes. */
function readFiles(built: BuiltFiles): WebApp | null {
  if (built.read(shellName) === null) return null;
  const names = built.names().filter((name) => !compressed.has(extname(name)));
  const files = new Map(names.toSorted().flatMap((name) => readAppFile(built, name)));
  return { files, hash: hashFiles(files) };
}

function readAppFile(built: BuiltFiles, name: string): readonly (readonly [string, AppFile])[] {
  const bytes = built.read(name);
  if (bytes === null) return []; // Another build has just taken the place of this one.
  const brotli = readForm(built.read(`${name}.br`), bytes, brotliDecompressSync);
  const gzip = readForm(built.read(`${name}.gz`), bytes, gunzipSync);
  const file = {
    mediaType: mediaTypeByExtension[extname(name)] ?? 'application/octet-stream',
    bytes,
    ...(brotli && { brotli }),
    ...(gzip && { gzip }),
    tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  };
  return [[name, file]];
}

/** The hash is of the plain files: a compressed form that holds anything else is not served. // SRV-71 */
function readForm(
  form: Uint8Array | null,
  plain: Uint8Array,
  expand: typeof gunzipSync,
): Uint8Array | undefined {
  if (form === null) return undefined;
  try {
    return expand(form, { maxOutputLength: plainBytesMax }).equals(plain) ? form : undefined;
  } catch {
    return undefined; // It is none, or too large.
  }
}

/** As `sha256sum` would write it of the names and contents, in the order of the names. */
function hashFiles(files: ReadonlyMap<string, AppFile>): string {
  const whole = createHash('sha256');
  for (const [name, { bytes }] of files)
    whole.update(`${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
  return whole.digest('hex');
}
