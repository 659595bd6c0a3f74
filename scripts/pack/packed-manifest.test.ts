import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeMin } from '../install/node-version.mjs';
import { packedManifest } from './packed-manifest.ts';

test('a packed package offers its compiled modules and their types, and nothing keeps it from being published', () => {
  const manifest = {
    name: '@example/one',
    version: '1.2.3',
    private: true,
    type: 'module',
    exports: { '.': './src/index.ts', './node': './src/node/index.ts' },
  };
  assert.deepEqual(packedManifest(manifest), {
    name: '@example/one',
    version: '1.2.3',
    type: 'module',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './node': { types: './dist/node/index.d.ts', default: './dist/node/index.js' },
    },
    files: ['dist'],
    engines: { node: `>=${nodeMin}` },
  });
});
