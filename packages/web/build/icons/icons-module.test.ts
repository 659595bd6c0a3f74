import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { iconsFolder, iconsLicense, iconsModule } from './icons-module.ts';

test('the app has the icons that its screens show, as Lucide draws them, and their licence', () => {
  const advice = 'Run: npm run icons --workspace packages/web';
  assert.equal(readFileSync(join(iconsFolder, 'icons.ts'), 'utf8'), iconsModule(), advice);
  assert.equal(readFileSync(join(iconsFolder, 'LICENSE'), 'utf8'), iconsLicense(), advice);
});
