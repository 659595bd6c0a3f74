import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import * as surface from './index.ts';

const doors = ['index.ts', 'node/index.ts', 'browser/page/index.ts', 'browser/worker/index.ts'];

test('what a program can call is what it was meant to, and no table of the store', () => {
  assert.deepEqual(Object.keys(surface).toSorted(), [
    'DataansError',
    'PassphraseNeededError',
    'SourceFault',
    'accessToPlain',
    'countChanges',
    'createHome',
    'createSecret',
    'findReferences',
    'findingTone',
    'isReadableOnItsWay',
    'isUuid',
    'limits',
    'noteTitle',
    'parseServerAddress',
    'parseUuid',
  ]);
});

test('each name that a program can import says what it is', () => {
  const silent = doors.flatMap((door) => {
    const path = join(import.meta.dirname, door);
    return exportedNames(readFileSync(path, 'utf8'))
      .filter(({ module, name }) => !isExplained(readFileSync(join(dirname(path), module), 'utf8'), name))
      .map(({ module, name }) => `${name} of ${module}`);
  });
  assert.deepEqual(silent, []);
});

interface ExportedName {
  readonly module: string;
  readonly name: string;
}

/** Those of modules of this package. */
function exportedNames(source: string): readonly ExportedName[] {
  return [...source.matchAll(/export (?:type )?\{(?<names>[^}]*)\} from '(?<module>\.[^']*)'/g)].flatMap(
    ({ groups: { names = '', module = '' } = {} }) =>
      names
        .split(',')
        .map((name) => name.trim().replace(/^type /, ''))
        .filter((name) => name !== '')
        .map((name) => ({ module, name })),
  );
}

/** A comment ends right before its declaration; what only hands it on is followed no further. */
function isExplained(source: string, name: string): boolean {
  const declaration = new RegExp(
    String.raw`\*/\nexport (?:declare )?(?:async )?(?:interface|type|function\*?|class|const) ${name}\b`,
  );
  return declaration.test(source) || new RegExp(String.raw`export (?:type )?\{[^}]*\b${name}\b`).test(source);
}
