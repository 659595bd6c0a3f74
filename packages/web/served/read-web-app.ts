import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
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

/** Reads the folder that the app was built into, once and whole: some megabytes. `null`: it was not built. */
export function readWebApp(folder: string): WebApp | null {
  if (!existsSync(join(folder, shellName))) return null;
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !isCompressed(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
  const files = new Map(names.map((name) => [name.split(sep).join('/'), readAppFile(folder, name)]));
  return { files, hash: hashFiles(files) };
}

function readAppFile(folder: string, name: string): AppFile {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const brotli = readForm(`${path}.br`, bytes, brotliDecompressSync);
  const gzip = readForm(`${path}.gz`, bytes, gunzipSync);
  return {
    mediaType: mediaTypeByExtension[extname(name)] ?? 'application/octet-stream',
    bytes,
    ...(brotli && { brotli }),
    ...(gzip && { gzip }),
    isImmutable: name.startsWith(`assets${sep}`),
    tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  };
}

/** The hash is of the plain files: a compressed form that holds anything else is not served. // SRV-71 */
function readForm(path: string, plain: Uint8Array, expand: typeof gunzipSync): Uint8Array | undefined {
  if (!existsSync(path)) return undefined;
  const form = readFileSync(path);
  try {
    return expand(form, { maxOutputLength: plainBytesMax }).equals(plain) ? form : undefined;
  } catch {
    return undefined; // It is none, or too large.
  }
}

function isCompressed(name: string): boolean {
  return compressed.has(extname(name));
}

/** As `sha256sum` would write it of the names and contents, in the order of the names. */
function hashFiles(files: ReadonlyMap<string, AppFile>): string {
  const whole = createHash('sha256');
  for (const [name, { bytes }] of files)
    whole.update(`${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
  return whole.digest('hex');
}
