import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { repository } from '../world/repository.ts';
import { buildApp } from './built-app.ts';

const dist = join(repository, 'packages/web/dist');
const assets = join(dist, 'assets');
const KiB = 1024;

before(buildApp);

/** Bytes of a file as it is sent. */
function sentBytes(name: string): number {
  const [compressed, plain] = [join(dist, `${name}.br`), join(dist, name)];
  return statSync(existsSync(compressed) ? compressed : plain).size;
}

/** A script with all that it needs to begin with, each once. */
function withImports(name: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(name)) return found;
  found.add(name);
  const source = readFileSync(join(dist, name), 'utf8');
  for (const [, imported = ''] of source.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
    withImports(`assets/${imported}`, found);
  return found;
}

function assetOf(beginning: string, ending = '.js'): string {
  const name = readdirSync(assets).find((one) => one.startsWith(beginning) && one.endsWith(ending));
  assert.ok(name, `${beginning} was not built`);
  return `assets/${name}`;
}

function entryOf(): string {
  const [, entry = ''] =
    /src="\/app\/(assets\/[\w.-]+\.js)"/.exec(readFileSync(join(dist, 'index.html'), 'utf8')) ?? [];
  return entry;
}

const sum = (names: Iterable<string>): number =>
  [...names].reduce((bytes, name) => bytes + sentBytes(name), 0);

test('the page is small enough to be there at once, also with the notes', (t) => {
  const notes = withImports(assetOf('shell'), new Set(withImports(entryOf())));
  t.diagnostic(
    `page: ${(sum(withImports(entryOf())) / KiB).toFixed(1)} KiB, with notes: ${(sum(notes) / KiB).toFixed(1)} KiB`,
  );
  // Meant to be 70: what is added to the first screen has to be loaded late, or paid for here.
  assert.ok(sum(notes) < 73 * KiB);
});

test('a first visit takes as little as it can', (t) => {
  const worker = sum(withImports(assetOf('home-worker')));
  const all = new Set([
    ...withImports(
      assetOf('shell'),
      new Set(withImports(assetOf('first-run'), new Set(withImports(entryOf())))),
    ),
    assetOf('index', '.css'),
    assetOf('sqlite3', '.wasm'),
  ]);
  const visit = sum(all) + worker + sentBytes('index.html');
  t.diagnostic(`worker: ${(worker / KiB).toFixed(1)} KiB, first visit: ${(visit / KiB).toFixed(1)} KiB`);
  assert.ok(worker < 130 * KiB);
  assert.ok(visit < 600 * KiB);
});

test('what the package of SQLite brings beside is left out', () => {
  assert.deepEqual(
    readdirSync(assets).filter((name) => /sqlite3-worker1|async-proxy/.test(name)),
    [],
  );
});
