import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importSpecifiers } from './import-specifiers.ts';

test('every way to import is found, in order', () => {
  const source = `
import a from 'default';
import { b } from "named";
import {
  c,
  d,
} from 'several-lines';
import type { E } from 'types';
import * as f from 'namespace';
import 'effect';
export { g } from 're-export';
export * from 'all';
const h = await import('dynamic');
`;
  assert.deepEqual(importSpecifiers(source), [
    'default',
    'named',
    'several-lines',
    'types',
    'namespace',
    'effect',
    're-export',
    'all',
    'dynamic',
  ]);
});

test('a specifier that is imported twice is named once', () => {
  assert.deepEqual(importSpecifiers(`import { a } from 'm';\nimport type { B } from 'm';\n`), ['m']);
});

test('exported code is no import, whatever its strings say', () => {
  const source = `export const text = "taken from 'somewhere'";\nexport function from(a: string) { return 'b'; }\n`;
  assert.deepEqual(importSpecifiers(source), []);
});
