import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { putInPlace } from './put-in-place.ts';

function createFolders(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'dataans-build-'));
  t.after(() => rmSync(root, { recursive: true }));
  const [place, built] = [join(root, 'dist'), join(root, 'built')];
  const fill = (folder: string, by: string): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'by'), by);
  };
  const by = (): string => readFileSync(join(place, 'by'), 'utf8');
  return { root, place, built, fill, by };
}

test('what was built takes the place of an earlier build, also of one that came a moment ago', (t) => {
  const { root, place, built, fill, by } = createFolders(t);
  fill(built, 'us');
  let asked = 0;
  putInPlace(built, place, () => {
    asked += 1;
    if (asked <= 2) fill(place, `others, of other sources, ${asked}`);
    return false;
  });
  assert.equal(by(), 'us');
  assert.deepEqual(readdirSync(root), ['dist']);
});

test('what others have built meanwhile of the same sources stays', (t) => {
  const { root, place, built, fill, by } = createFolders(t);
  fill(built, 'us');
  fill(place, 'others');
  putInPlace(built, place, () => true);
  assert.equal(by(), 'others');
  assert.deepEqual(readdirSync(root).toSorted(), ['built', 'dist']);
});
