import assert from 'node:assert/strict';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../testing/test-store.ts';
import { requireOwnHome } from './require-own-home.ts';

test(
  '[CLI-13] root is refused in the home of another user, and only there',
  { skip: process.getuid?.() !== 0 },
  (t) => {
    const folder = temporaryFolder(t);
    requireOwnHome(folder);
    requireOwnHome(join(folder, 'not there yet'));
    chownSync(folder, 12_345, 12_345);
    assert.throws(() => requireOwnHome(folder), { code: 'storage-unusable', advice: /sudo -u '#12345'/ });
    requireOwnHome(folder, 12_345);
    requireOwnHome(folder, null); // Windows
  },
);
