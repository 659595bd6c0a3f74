import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileState } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { createFileStates } from './file-states.ts';

const here: FileState = { kind: 'here' };
// Tests name entities as they like.
const [a, b] = ['a' as EntityId, 'b' as EntityId];

/** A home that answers when the test says so. */
function createLive() {
  const questions: {
    readonly files: readonly EntityId[];
    readonly answer: (states: ReadonlyMap<EntityId, FileState>) => void;
    isOpen: boolean;
  }[] = [];
  return {
    questions,
    files: (files: readonly EntityId[], answer: (states: ReadonlyMap<EntityId, FileState>) => void) => {
      const question = { files, answer, isOpen: true };
      questions.push(question);
      return () => {
        question.isOpen = false;
      };
    },
  };
}

test('the files of all notes on the screen are asked for at once', async () => {
  const live = createLive();
  const states = createFileStates(live, assert.ifError);
  states.follow([a]);
  states.follow([b]);
  await Promise.resolve();
  assert.deepEqual(
    live.questions.map(({ files }) => files),
    [[a, b]],
  );
  live.questions[0]?.answer(new Map([[b, here]]));
  assert.deepEqual([states.of(a).value, states.of(b).value], [null, here]);
});

test('a file that is shown later is asked for with the others, and none is asked for twice when that is known', async () => {
  const live = createLive();
  const states = createFileStates(live, assert.ifError);
  states.follow([a]);
  await Promise.resolve();
  states.follow([b]);
  await Promise.resolve();
  const [first, second] = live.questions;
  assert.equal(first?.isOpen, true);
  second?.answer(new Map([[a, here]]));
  assert.deepEqual([first?.isOpen, second?.isOpen], [false, true]);
});

test('when no file is shown any more, nothing is asked', async () => {
  const live = createLive();
  const states = createFileStates(live, assert.ifError);
  const ends = [states.follow([a]), states.follow([a])];
  await Promise.resolve();
  ends[0]?.();
  assert.equal(live.questions[0]?.isOpen, true);
  ends[1]?.();
  assert.equal(live.questions[0]?.isOpen, false);
});

test('a file that is gone before it is asked for is not asked for', async () => {
  const live = createLive();
  createFileStates(live, assert.ifError).follow([a])();
  await Promise.resolve();
  assert.deepEqual(live.questions, []);
});
