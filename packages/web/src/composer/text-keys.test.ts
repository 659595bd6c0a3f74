import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planKey } from './text-keys.ts';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const at = (text: string, start = text.length, end = start) => ({ text, start, end });

test('Enter in a list goes on with it, and with a command key it does nothing to the text', () => {
  assert.equal(planKey({ ...plain, key: 'Enter' }, at('- milk'))?.insert, '\n- ');
  assert.equal(planKey({ ...plain, key: 'Enter', ctrlKey: true }, at('- milk')), null);
  assert.equal(planKey({ ...plain, key: 'Enter' }, at('milk')), null);
});

test('Tab moves the lines of a list, and elsewhere leaves the box', () => {
  assert.equal(planKey({ ...plain, key: 'Tab' }, at('- milk'))?.insert, '  - milk');
  assert.equal(planKey({ ...plain, key: 'Tab', shiftKey: true }, at('  - milk'))?.insert, '- milk');
  assert.equal(planKey({ ...plain, key: 'Tab' }, at('milk')), null);
});

test('the usual keys put marks round what is selected', () => {
  const selected = at('milk', 0, 4);
  assert.equal(planKey({ ...plain, key: 'b', ctrlKey: true }, selected)?.insert, '**milk**');
  assert.equal(planKey({ ...plain, key: 'I', metaKey: true }, selected)?.insert, '*milk*');
  assert.equal(planKey({ ...plain, key: 'k', ctrlKey: true }, selected)?.insert, '[milk]()');
  // Without anything selected it opens the commands.
  assert.equal(planKey({ ...plain, key: 'k', ctrlKey: true }, at('milk')), null);
  assert.equal(planKey({ ...plain, key: 'b' }, selected), null);
});
