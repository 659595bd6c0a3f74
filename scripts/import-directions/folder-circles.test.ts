import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFolderCircles } from './folder-circles.ts';

function circlesOf(importsByPath: Readonly<Record<string, string>>): readonly string[] {
  return findFolderCircles(
    new Map(
      Object.entries(importsByPath).map(([path, specifier]) => [
        `packages/server/src/${path}`,
        `import { x } from '${specifier}';\n`,
      ]),
    ),
  );
}

const [a, b, c] = ['a', 'b', 'c'].map((name) => `packages/server/src/${name}`);

test('two folders that import each other are a circle, which is told once', () => {
  assert.deepEqual(circlesOf({ 'a/one.ts': '../b/two.ts', 'b/other.ts': '../a/three.ts' }), [
    `${a} → ${b} → ${a}`,
  ]);
});

test('a circle is found through other folders, and from whichever of them it begins', () => {
  assert.deepEqual(
    circlesOf({ 'c/one.ts': '../a/two.ts', 'a/x/two.ts': '../../b/y.ts', 'b/y.ts': '../c/z.ts' }),
    [`${a} → ${b} → ${c} → ${a}`],
  );
});

test('a module that lies in no folder can be part of a circle', () => {
  assert.deepEqual(circlesOf({ 'a/one.ts': '../app.ts', 'app.ts': './a/one.ts' }), [
    `${a} → packages/server/src/app.ts → ${a}`,
  ]);
});

test('imports in one direction, inside of a folder and of tests are no circle', () => {
  assert.deepEqual(
    circlesOf({ 'a/one.ts': '../b/two.ts', 'b/two.ts': './three.ts', 'b/two.test.ts': '../a/one.ts' }),
    [],
  );
});
