import assert from 'node:assert/strict';
import { test } from 'node:test';
import { billOfMaterials } from '../../scripts/release/bill-of-materials.ts';
import { copiedParts, thirdPartiesOf } from '../../scripts/release/third-party.ts';

interface Bill {
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

test('the bill of materials names every part by others that is installed, and is the same each time', () => {
  const text = billOfMaterials('1.2.3');
  const { components } = JSON.parse(text) as Bill;
  const named = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const parts = [...thirdPartiesOf(['cli', 'server']), ...copiedParts()];
  assert.ok(parts.length > 20, String(parts.length));
  assert.deepEqual(
    parts.map(({ name, version }) => `${name}@${version}`).filter((part) => !named.has(part)),
    [],
  );
  assert.ok(!components.some(({ name }) => ['vite', 'typescript', 'knip'].includes(name)));
  assert.equal(billOfMaterials('1.2.3'), text);
});
