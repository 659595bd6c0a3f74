import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { limits } from '@dataans/core';
import { programName } from './program-name.ts';

test('[WIT-1] a witness names the version of the package', async () => {
  const manifest: unknown = JSON.parse(
    await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'),
  );
  assert.ok(typeof manifest === 'object' && manifest !== null && 'version' in manifest);
  assert.equal(programName, `dataans ${String(manifest.version)}`);
  assert.ok(programName.length <= limits.programBytesMax);
});
