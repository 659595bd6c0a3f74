import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeBasesMax, mergeDepthMax } from '../limits.ts';
import type { DeviceId, EntityId } from '../ids/uuid.ts';
import {
  noteHistory,
  noteRevision,
  numberedId,
  revisionId,
  type NoteRevision,
} from './histories.arbitrary.ts';
import { mergeRevisions } from './merge-revisions.ts';
import { compareRevisions } from './revision.ts';
import { collectAncestors, createRevisionGraph } from './revision-graph.ts';

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

test('[MRG-2] of three small edits of a list each takes effect, in whichever order they are stamped', () => {
  const texts = ['a\nc\nd', 'a\nb\nd', 'a\nb\nnew\nc\nd'];
  for (const stamps of [
    [1, 2, 3],
    [1, 3, 2],
    [2, 1, 3],
    [2, 3, 1],
    [3, 1, 2],
    [3, 2, 1],
  ]) {
    const heads = texts.map((text, index) =>
      noteRevision(index + 1, { at: stamps[index] ?? 0, parents: ids(0), value: { text } }),
    );
    const { value, conflict } = merge([noteRevision(0, { value: { text: 'a\nb\nc\nd' } }), ...heads]);
    assert.deepEqual([value.text, conflict], ['a\nnew\nd', false]);
  }
});

test('[MRG-2] of several heads the latest change of a field holds, and files merge as one set', () => {
  const file = (number: number) => numberedId<EntityId>('f11e0000', number);
  const history = [
    noteRevision(0, { value: { name: 'old', files: [file(1), file(2)] } }),
    noteRevision(1, { parents: ids(0), value: { name: 'b', files: [file(1), file(2), file(3)] } }),
    noteRevision(2, { parents: ids(0), value: { name: 'c', files: [file(2)] } }),
    noteRevision(3, {
      parents: ids(0),
      value: { name: 'old', files: [file(1), file(2), file(4)], pinned: true },
    }),
  ];
  const { name, files, pinned } = merge(history).value;
  assert.deepEqual({ name, files, pinned }, { name: 'c', files: [file(2), file(3), file(4)], pinned: true });
});

test('[MRG-10] a deletion of lines that an edit overruled is marked', () => {
  const history = [
    noteRevision(0, { value: { text: '1\n2\n3\n' } }),
    noteRevision(1, { parents: ids(0), value: { text: '' } }),
    noteRevision(2, { parents: ids(0), value: { text: '1\n2!\n3\n' } }),
  ];
  const { value, conflict } = merge(history);
  assert.deepEqual([value.text, conflict], ['1\n2!\n3\n', true]);
});

test('[MRG-11] revisions that name each other, or themselves, are all heads, and one edit ends that', () => {
  const pair = [
    noteRevision(1, { parents: ids(2), value: { text: 'a' } }),
    noteRevision(2, { parents: ids(1), value: { text: 'b' } }),
  ];
  assert.deepEqual(numbers(merge(pair).heads), [1, 2]);
  assert.deepEqual([merge(pair).value.text, merge(pair).conflict], ['a\nb', true]);
  const own = [noteRevision(1, { parents: ids(1, 2), value: { text: 'a' } }), noteRevision(2, {})];
  assert.deepEqual(numbers(merge(own).heads), [1]);
  for (const tangled of [pair, own]) {
    const parents = merge(tangled).heads.map(({ id }) => id);
    assert.deepEqual(numbers(merge([...tangled, noteRevision(9, { parents })]).heads), [9]);
    assert.equal(merge([...tangled, noteRevision(9, { parents, deleted: true })]).deleted, true);
  }
});

test('[MRG-11] a long circle with lines to and from it is one state', () => {
  const length = 5_000;
  const circle = Array.from({ length }, (_, number) =>
    noteRevision(number, { parents: ids((number + 1) % length), value: { text: '1' } }),
  );
  const before = noteRevision(length, { value: { text: '1' } });
  const entry = noteRevision(0, { parents: [revisionId(1), before.id], value: { text: '1' } });
  const after = noteRevision(length + 1, { parents: ids(7), value: { text: '2' } });
  const state = merge([...circle, before, entry, after]);
  assert.equal(state.heads.length, length);
  assert.ok(!state.heads.some(({ id }) => id === before.id || id === revisionId(7)));
});

/** Revisions of a faulty writer: any may name any, itself too. */
const tangles = fc
  .array(fc.tuple(fc.array(fc.nat(9), { maxLength: 3 }), fc.constantFrom('a', 'b', 'a\nb', '')), {
    minLength: 1,
    maxLength: 8,
  })
  .map((all) =>
    all.map(([parents, text], number) => noteRevision(number, { parents: ids(...parents), value: { text } })),
  );

test('[MRG-11] whoever names whom, there is one state in every order, and an edit of all heads is the next', () => {
  const shuffled = tangles.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      const state = merge(all);
      assert.deepEqual(merge(other), state);
      const edit = noteRevision(99, { parents: state.heads.map(({ id }) => id), value: { text: 'edit' } });
      assert.deepEqual(numbers(merge([...other, edit]).heads), [99]);
      // A head is not one only if one of the heads was made on it.
      const graph = createRevisionGraph(all);
      const reached = new Set(state.heads.flatMap(({ id }) => [...collectAncestors(graph, id)]));
      assert.equal(reached.size, all.length);
    }),
    { numRuns: 1_000 },
  );
});

test('[MRG-1] three thousand heads are one state', () => {
  const heads = Array.from({ length: 3_000 }, (_, number) =>
    noteRevision(number + 1, { parents: ids(0), value: { text: `1\nhead ${number}` } }),
  );
  const { value } = merge([noteRevision(0, { value: { text: '1' } }), ...heads]);
  assert.equal(value.text.split('\n').length, 3_001);
});

test('[MRG-8] of more revisions than may merge into a base the last one is the base', () => {
  // Only the first of them is pinned. One head takes that back, the other keeps it.
  const isPinned = (bases: number) => {
    const all = Array.from({ length: bases }, (_, index) =>
      noteRevision(index + 1, { parents: ids(0), value: { pinned: index === 0 } }),
    );
    const parents = all.map(({ id }) => id);
    const heads = [false, true].map((pinned, index) =>
      noteRevision(bases + 1 + index, { parents, value: { pinned } }),
    );
    return merge([noteRevision(0, {}), ...all, ...heads]).value.pinned;
  };
  assert.equal(isPinned(mergeBasesMax), false);
  assert.equal(isPinned(mergeBasesMax + 1), true);
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
