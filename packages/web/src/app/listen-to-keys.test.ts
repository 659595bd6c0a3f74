import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../palette/action.ts';
import { findAction } from './listen-to-keys.ts';

const make = (key: string | null): Action => ({
  id: key ?? '',
  icon: [],
  name: key ?? '',
  key,
  hue: null,
  act: () => undefined,
});
const actions = [make('Ctrl+K'), make('n'), make(null)];
const press = {
  key: 'n',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  defaultPrevented: false,
};

test('a letter does something, unless something is being typed', () => {
  assert.equal(findAction(actions, press, false)?.key, 'n');
  assert.equal(findAction(actions, press, true), null);
  assert.equal(findAction(actions, { ...press, isComposing: true }, false), null);
});

test('a key with Ctrl, or with Command on a Mac, works while something is being typed too', () => {
  assert.equal(findAction(actions, { ...press, key: 'k', ctrlKey: true }, true)?.key, 'Ctrl+K');
  assert.equal(findAction(actions, { ...press, key: 'k', metaKey: true }, true)?.key, 'Ctrl+K');
  // The box has used it.
  assert.equal(
    findAction(actions, { ...press, key: 'k', ctrlKey: true, defaultPrevented: true }, true),
    null,
  );
  assert.equal(findAction(actions, { ...press, ctrlKey: true }, false), null);
});
