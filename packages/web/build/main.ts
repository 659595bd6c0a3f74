// Builds the app into `dist/`, unless what lies there was built from the same sources.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildApp } from './build-app.ts';
import { compressFiles } from './compress-files.ts';
import { hashSources } from './hash-sources.ts';
import { putInPlace } from './put-in-place.ts';

const web = dirname(import.meta.dirname);
const dist = join(web, 'dist');
/** Written last: a build that was cut short is none. */
const stampName = '.sources';

const sources = hashSources(dirname(dirname(web)));
if (!isBuilt()) {
  process.stderr.write('Building the app (once) …\n');
  const building = mkdtempSync(join(web, 'dist-'));
  try {
    await buildApp(web, building);
    compressFiles(building);
    writeFileSync(join(building, stampName), sources);
    putInPlace(building, dist, isBuilt);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/** Also by another process, meanwhile. */
function isBuilt(): boolean {
  const stamp = join(dist, stampName);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
}
