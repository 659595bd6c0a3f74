import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeDepthMax } from '../limits.ts';
import type { DeviceId } from '../ids/uuid.ts';
import {
  noteHistory,
  noteRevision,
  numberedId,
  revisionId,
  type NoteRevision,
} from './histories.arbitrary.ts';
import { mergeRevisions } from './merge-revisions.ts';
import { compareRevisions } from './revision.ts';
import { createRevisionGraph } from './revision-graph.ts';

function merge(revisions: readonly NoteRevision[]) {
  const state = mergeRevisions(createRevisionGraph(revisions));
  assert.ok(state !== null);
  return state;
}

function numbers(revisions: readonly NoteRevision[]): readonly number[] {
  return revisions.map(({ id }) => Number(id.slice(-12)));
}

const ids = (...all: readonly number[]) => all.map(revisionId);

test('[MRG-1] the order in which revisions arrive makes no difference', () => {
  const shuffled = noteHistory.chain((history) =>
    fc.tuple(
      fc.constant(history),
      fc.shuffledSubarray([...history], { minLength: history.length, maxLength: history.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([history, other]) => assert.deepEqual(merge(other), merge(history))),
    { numRuns: 500 },
  );
});

test('[MRG-1] a revision that arrives twice makes no difference', () => {
  fc.assert(
    fc.property(noteHistory, (history) => {
      assert.deepEqual(merge([...history, ...history.toReversed()]), merge(history));
    }),
  );
});

test('[MRG-1] there is no state without a revision', () => {
  assert.equal(mergeRevisions(createRevisionGraph<'note'>([])), null);
});

test('[MRG-1] the heads are the revisions that no other names, also while parents are missing', () => {
  const history = [
    noteRevision(0, {}),
    noteRevision(1, { parents: ids(0) }),
    noteRevision(2, { parents: ids(0) }),
    noteRevision(3, { parents: ids(1) }),
  ];
  assert.deepEqual(numbers(merge(history).heads), [2, 3]);
  assert.deepEqual(numbers(merge(history.slice(2)).heads), [2, 3]);
});

test('[MRG-1] an edit that names all heads is the state', () => {
  fc.assert(
    fc.property(noteHistory, (history) => {
      const parents = merge(history).heads.map(({ id }) => id);
      const edit = noteRevision(99, { parents, value: { text: 'edited' } });
      assert.deepEqual(merge([...history, edit]), {
        heads: [edit],
        value: edit.operation.value,
        deleted: false,
        conflict: false,
      });
    }),
  );
});

test('[MRG-2] revisions are ordered by time, counter, device, number and then id', () => {
  const device = (number: number) => numberedId<DeviceId>('de71ce00', number);
  const inOrder = [
    noteRevision(9, { at: 1, c: 9, device: device(9), n: 9 }),
    noteRevision(8, { at: 2, c: 0, device: device(9), n: 9 }),
    noteRevision(7, { at: 2, c: 1, device: device(1), n: 9 }),
    noteRevision(6, { at: 2, c: 1, device: device(2), n: 1 }),
    noteRevision(4, { at: 2, c: 1, device: device(2), n: 2 }),
    noteRevision(5, { at: 2, c: 1, device: device(2), n: 2 }),
  ];
  assert.deepEqual(inOrder.toReversed().toSorted(compareRevisions), inOrder);
});

test('[MRG-2] heads merge in their order, so of two changes of one field the later holds', () => {
  const history = [
    noteRevision(0, { at: 1, value: { name: 'old' } }),
    noteRevision(1, { at: 3, parents: ids(0), value: { name: 'later' } }),
    noteRevision(2, { at: 2, parents: ids(0), value: { name: 'earlier' } }),
  ];
  assert.equal(merge(history).value.name, 'later');
});

test('[MRG-3] a pair merges from its nearest common ancestor', () => {
  const history = [
    noteRevision(0, { value: { text: '1\n2\n3\n' } }),
    noteRevision(1, { parents: ids(0), value: { text: 'one\n2\n3\n' } }),
    noteRevision(2, { parents: ids(1), value: { text: '1\n2\n3\n' } }),
    noteRevision(3, { parents: ids(1), value: { text: 'one\n2\nthree\n' } }),
  ];
  assert.equal(merge(history).value.text, '1\n2\nthree\n');
});

test('[MRG-3] several nearest common ancestors merge first', () => {
  const history = [
    noteRevision(0, { value: { text: '1\n2\n3\n' } }),
    noteRevision(1, { parents: ids(0), value: { text: 'one\n2\n3\n' } }),
    noteRevision(2, { parents: ids(0), value: { text: '1\n2\nthree\n' } }),
    noteRevision(3, { parents: ids(1, 2), value: { text: 'one\ntwo\nthree\n' } }),
    noteRevision(4, { parents: ids(1, 2), value: { text: 'one\n2\nthree\nfour\n' } }),
  ];
  const { value, conflict } = merge(history);
  assert.deepEqual({ text: value.text, conflict }, { text: 'one\ntwo\nthree\nfour\n', conflict: false });
});

test('[MRG-3] three heads keep what each of them wrote', () => {
  const history = [
    noteRevision(0, { value: { text: '1\n2\n3\n' } }),
    noteRevision(1, { parents: ids(0), value: { text: 'one\n2\n3\n' } }),
    noteRevision(2, { parents: ids(0), value: { text: '1\ntwo\n3\n' } }),
    noteRevision(3, { parents: ids(0), value: { text: '1\n2\nthree\n' } }),
  ];
  assert.equal(merge(history).value.text, 'one\ntwo\nthree\n');
});

test('[MRG-3] what two heads rest on counts for the third', () => {
  const history = [
    noteRevision(0, { value: { text: '1\n2\n3\n' } }),
    noteRevision(1, { parents: ids(0), value: { text: 'one\n2\n3\n' } }),
    noteRevision(2, { parents: ids(0), value: { text: '1\n2\nthree\n' } }),
    noteRevision(3, { parents: ids(1), value: { text: '1\n2\n3\n' } }),
    noteRevision(4, { parents: ids(1), value: { text: 'one\ntwo\n3\n' } }),
  ];
  assert.equal(merge(history).value.text, '1\ntwo\nthree\n');
});

test('[MRG-6] an edit that did not see the delete keeps the note', () => {
  const history = [
    noteRevision(0, { value: { text: '1\n' } }),
    noteRevision(1, { parents: ids(0), deleted: true, value: { text: '1\n' } }),
    noteRevision(2, { parents: ids(0), value: { text: 'one\n' } }),
  ];
  const { deleted, value } = merge(history);
  assert.deepEqual({ deleted, text: value.text }, { deleted: false, text: 'one\n' });
});

test('[MRG-6] a delete that saw all edits deletes, and so do two of them', () => {
  const history = [
    noteRevision(0, {}),
    noteRevision(1, { parents: ids(0), deleted: true }),
    noteRevision(2, { parents: ids(0), deleted: true }),
  ];
  assert.equal(merge(history.slice(0, 2)).deleted, true);
  assert.equal(merge(history).deleted, true);
});

test('[MRG-6] a revision on top of a delete brings the note back', () => {
  const history = [
    noteRevision(0, {}),
    noteRevision(1, { parents: ids(0), deleted: true }),
    noteRevision(2, { parents: ids(1) }),
  ];
  assert.equal(merge(history).deleted, false);
});

/** Two devices that name the note at the same time again and again, each having seen both names before. */
function crissCross(levels: number): readonly NoteRevision[] {
  const history = [noteRevision(0, {})];
  for (let level = 0; level < levels; level += 1) {
    const parents = level === 0 ? ids(0) : ids(2 * level - 1, 2 * level);
    history.push(noteRevision(2 * level + 1, { parents, value: { name: 'a' } }));
    history.push(noteRevision(2 * level + 2, { parents, value: { name: 'b' } }));
  }
  return history;
}

test('[MRG-8] beyond the depth limit the last of several nearest common ancestors is the base', () => {
  // The later name holds unless it is the one of the base, so each level turns the name of the one below.
  const levels = Array.from({ length: mergeDepthMax + 4 }, (_, index) => index + 1);
  const nameOf = (count: number) => merge(crissCross(count)).value.name;
  const within = levels.slice(0, mergeDepthMax + 2);
  assert.deepEqual(
    within.map(nameOf),
    within.map((count) => (count % 2 === 1 ? 'b' : 'a')),
  );
  assert.equal(nameOf(mergeDepthMax + 3), 'a');
  assert.equal(nameOf(mergeDepthMax + 4), 'a');
});

test('[MRG-8] many devices that write at the same time again and again are merged', () => {
  const devices = 12;
  const levels = 40;
  const history = [noteRevision(0, { value: { text: '' } })];
  for (let level = 0; level < levels; level += 1) {
    const parents =
      level === 0
        ? ids(0)
        : Array.from({ length: devices }, (_, i) => revisionId((level - 1) * devices + i + 1));
    for (let device = 0; device < devices; device += 1) {
      const number = level * devices + device + 1;
      history.push(noteRevision(number, { parents, value: { text: `line ${number}\n` } }));
    }
  }
  const lines = merge(history)
    .value.text.split('\n')
    .filter((line) => line !== '');
  assert.equal(lines.length, devices);
});

test('[MRG-10] a conflict is marked until an edit names all heads', () => {
  const history = [
    noteRevision(0, { value: { text: '1\n' } }),
    noteRevision(1, { parents: ids(0), value: { text: 'x\n' } }),
    noteRevision(2, { parents: ids(0), value: { text: 'y\n' } }),
  ];
  const { value, conflict } = merge(history);
  assert.deepEqual({ text: value.text, conflict }, { text: 'x\ny\n', conflict: true });
  const elsewhere = noteRevision(9, { parents: ids(0), value: { text: '1\n', pinned: true } });
  assert.equal(merge([...history, elsewhere]).conflict, true);
  const edit = noteRevision(3, { parents: ids(1, 2), value: { text: 'x\ny\n' } });
  assert.equal(merge([...history, edit]).conflict, false);
});

test('[MRG-1] a thousand revisions in a line, and fifty heads on top, are one state', () => {
  const line = Array.from({ length: 1_000 }, (_, number) =>
    noteRevision(number, { parents: number === 0 ? [] : ids(number - 1), value: { text: `${number}\n` } }),
  );
  const heads = Array.from({ length: 50 }, (_, number) =>
    noteRevision(1_000 + number, { parents: ids(999), value: { text: `999\nhead ${number}\n` } }),
  );
  const { value } = merge([...line, ...heads]);
  assert.equal(value.text, `999\n${heads.map((_, number) => `head ${number}\n`).join('')}`);
});
