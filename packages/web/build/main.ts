// Builds the app into `dist/`, unless what lies there was built from the same sources.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildApp } from './build-app.ts';
import { compressFiles } from './compress-files.ts';
import { hashSources } from './hash-sources.ts';

const web = dirname(import.meta.dirname);
const dist = join(web, 'dist');
/** Written last: a build that was cut short is none. */
const stamp = join(dist, '.sources');

const sources = hashSources(dirname(dirname(web)));
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sources) {
  process.stderr.write('Building the app (once) …\n');
  rmSync(dist, { recursive: true, force: true });
  await buildApp(web, dist);
  compressFiles(dist);
  writeFileSync(stamp, sources);
}
