import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Home, LinkedWindow, NoteRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { rowOnItsWay } from './note-on-its-way.ts';
import { createStreamWindow } from './stream-window.ts';

// Tests name entities as they like.
const space = 'space' as EntityId;

function row(id: string): NoteRow {
  return rowOnItsWay({ id: id as EntityId, space, text: `text of ${id}` }, 0);
}

/** A window of which a test tells what the home answers. */
function openWindow() {
  const listeners: ((window: LinkedWindow) => void)[] = [];
  const painted: (() => void)[] = [];
  const notes = (_query: unknown, listener: (window: LinkedWindow) => void) => {
    listeners.push(listener);
    return () => undefined;
  };
  const window = createStreamWindow(
    {
      home: { live: { notes } as unknown as Home['live'] }, // All that is asked for.
      space,
      tag: null,
      lastShown: null,
      onError: assert.ifError,
      onBeforeChange: () => undefined,
      onPainted: (callBack) => painted.push(callBack),
      rowsOfScreen: 30,
    },
    'newest',
  );
  return {
    window,
    answer: (ids: readonly string[], after: LinkedWindow['after'] = null) =>
      listeners.at(-1)?.({ rows: ids.map(row), before: null, after, linkedFrom: new Map() }),
    paint: () => painted.shift()?.(),
    ids: () => window.shown.peek()?.rows.map(({ id }) => id),
  };
}

test('a note that is being recorded is at the end at once, and is there once when the home tells of it', () => {
  const { window, answer, ids } = openWindow();
  answer(['a']);
  window.expect(row('mine'));
  assert.deepEqual(ids(), ['a', 'mine']);
  answer(['a', 'b']); // From before it was recorded.
  assert.deepEqual(ids(), ['a', 'b', 'mine']);
  answer(['a', 'b', 'mine']);
  assert.deepEqual(ids(), ['a', 'b', 'mine']);
  answer(['a', 'b']); // It was deleted.
  assert.deepEqual(ids(), ['a', 'b']);
});

test('a note that could not be recorded goes away, and the next one stays', () => {
  const { window, answer, ids } = openWindow();
  answer([]);
  const takeBack = window.expect(row('first'));
  window.expect(row('second'));
  takeBack();
  assert.deepEqual(ids(), ['second']);
});

test('it is known whether the newest notes are drawn: of many that came at once, some come with the next frames', () => {
  const { window, answer, paint } = openWindow();
  const ids = Array.from({ length: 60 }, (_, n) => `note ${n}`);
  const haveNewest = (): readonly unknown[] => [
    window.shown.peek()?.rows.at(-1)?.id,
    window.shown.peek()?.hasNewest,
  ];
  answer(ids.slice(0, 30), { moment: 1, createdAt: 1, c: 1, id: 'note 30' as EntityId });
  assert.deepEqual(haveNewest(), ['note 29', false]);
  answer(ids.slice(0, 45));
  assert.deepEqual(haveNewest(), ['note 41', false]);
  paint();
  assert.deepEqual(haveNewest(), ['note 44', true]);
});

test('a note is not shown below notes that are not the newest', () => {
  const { window, answer, ids } = openWindow();
  answer(['a'], { moment: 1, createdAt: 1, c: 1, id: 'b' as EntityId });
  window.expect(row('mine'));
  assert.deepEqual(ids(), ['a']);
});
