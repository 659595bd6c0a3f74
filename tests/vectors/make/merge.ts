import { createRevisionGraph, mergeRevisions, mergeTexts } from '@dataans/core';
import {
  noteRevision,
  numberedId,
  revisionId,
  type NoteRevision,
} from '../../../packages/core/src/merge/histories.arbitrary.ts';
import type { DeviceId, EntityId } from '../../../packages/core/src/ids/uuid.ts';
import type { MergeCase, MergeFile, TextMerge } from '../shapes.ts';

const ids = (...numbers: readonly number[]) => numbers.map(revisionId);
const device = (number: number) => numberedId<DeviceId>('de71ce00', number);
const file = (number: number) => numberedId<EntityId>('f11e0000', number);

function graphCase(
  title: string,
  revisions: readonly NoteRevision[],
): MergeCase & { readonly title: string } {
  const state = mergeRevisions(createRevisionGraph(revisions));
  if (state === null) throw new TypeError('No revision.');
  const { heads, value, deleted, conflict } = state;
  return { title, revisions, state: { heads: heads.map(({ id }) => id), value, deleted, conflict } };
}

function textCase(title: string, base: string, earlier: string, later: string): TextMerge {
  return { title, base, earlier, later, ...mergeTexts(base, earlier, later) };
}

const first = noteRevision(0, { value: { name: 'a.md', text: '1\n2\n3\n', files: [file(1), file(2)] } });
const value = first.operation.value;

function edit(number: number, parents: readonly number[], changed: Partial<typeof value>, rest: object = {}) {
  return noteRevision(number, { parents: ids(...parents), ...rest, value: { ...value, ...changed } });
}

/** Members that the value of a note does not have yet. */
function newer(members: Readonly<Record<string, unknown>>): object {
  return members;
}

const crissCross = [
  first,
  edit(1, [0], { text: 'one\n2\n3\n' }),
  edit(2, [0], { text: '1\n2\nthree\n' }, { device: device(1) }),
  edit(3, [1, 2], { text: 'one\ntwo\nthree\n' }),
  edit(4, [1, 2], { text: 'one\n2\nthree\nfour\n' }, { device: device(1) }),
];

export function makeMerge(): MergeFile {
  return {
    about: ['Revisions of one note in, its state out; and texts merged by lines.'],
    valid: [
      graphCase('one revision', [first]),
      graphCase('one after the other', [
        first,
        edit(1, [0], { text: 'one\n' }),
        edit(2, [1], { text: 'two\n' }),
      ]),
      graphCase('different lines', [
        first,
        edit(1, [0], { text: 'one\n2\n3\n' }),
        edit(2, [0], { text: '1\n2\nthree\n' }),
      ]),
      graphCase('the same line', [
        first,
        edit(1, [0], { text: '1\nx\n3\n' }),
        edit(2, [0], { text: '1\ny\n3\n' }),
      ]),
      graphCase('the same line, then an edit on both', [
        first,
        edit(1, [0], { text: '1\nx\n3\n' }),
        edit(2, [0], { text: '1\ny\n3\n' }),
        edit(3, [1, 2], { text: '1\nz\n3\n' }),
      ]),
      graphCase('the order is by stamp, not by id', [
        first,
        edit(1, [0], { name: 'later.md' }, { at: 9 }),
        edit(2, [0], { name: 'earlier.md' }, { at: 8 }),
      ]),
      graphCase('of equal stamps the greater device is later', [
        first,
        edit(1, [0], { name: 'later.md' }, { at: 5, device: device(7) }),
        edit(2, [0], { name: 'earlier.md' }, { at: 5, device: device(6) }),
      ]),
      graphCase('files as a set', [
        first,
        edit(1, [0], { files: [file(1), file(2), file(3)] }),
        edit(2, [0], { files: [file(2), file(4)] }),
      ]),
      graphCase('a delete, and an edit that did not see it', [
        first,
        edit(1, [0], {}, { deleted: true }),
        edit(2, [0], { text: '1\ntwo\n3\n' }),
      ]),
      graphCase('two deletes', [
        first,
        edit(1, [0], {}, { deleted: true }),
        edit(2, [0], {}, { deleted: true }),
      ]),
      graphCase('several nearest common ancestors', crissCross),
      graphCase('three heads', [
        first,
        edit(1, [0], { text: 'one\n2\n3\n' }),
        edit(2, [0], { text: '1\ntwo\n3\n' }),
        edit(3, [0], { text: '1\n2\nthree\n', pinned: true }),
      ]),
      graphCase('members of a newer program', [
        first,
        edit(1, [0], { text: 'one\n2\n3\n', ...newer({ tags: ['a'], remind: 1 }) }),
        edit(2, [0], { pinned: true, ...newer({ tags: ['b'] }) }),
      ]),
      graphCase('three small edits of a list, of which each takes effect', [
        edit(0, [], { text: 'a\nb\nc\nd\n' }),
        edit(1, [0], { text: 'a\nc\nd\n' }),
        edit(2, [0], { text: 'a\nb\nd\n' }),
        edit(3, [0], { text: 'a\nb\nnew\nc\nd\n' }),
      ]),
      graphCase('three that changed one line, two of them alike', [
        first,
        edit(1, [0], { text: '1\nx\n3\n', name: 'b.md' }),
        edit(2, [0], { text: '1\ny\n3\n', name: 'c.md', files: [file(1)] }),
        edit(3, [0], { text: '1\nx\n3\n', files: [file(1), file(2), file(3)] }),
      ]),
      graphCase('three heads of which two share more than the third', [
        first,
        edit(1, [0], { text: 'one\n2\n3\n' }),
        edit(2, [0], { text: '1\n2\nthree\n' }),
        edit(3, [1], { text: '1\n2\n3\n' }),
        edit(4, [1], { text: 'one\ntwo\n3\n' }),
      ]),
      graphCase('a deletion of lines that an edit overrules', [
        first,
        edit(1, [0], { text: '' }),
        edit(2, [0], { text: '1\ntwo\n3\n' }),
      ]),
      graphCase('revisions that name each other', [
        first,
        edit(1, [0, 2], { text: 'one\n2\n3\n' }),
        edit(2, [1], { text: '1\n2\nthree\n' }),
      ]),
      graphCase('a revision that names itself', [first, edit(1, [0, 1], { text: 'one\n' })]),
      graphCase('nothing in common', [edit(1, [], { text: 'x\n' }), edit(2, [], { text: 'y\n' })]),
      graphCase('a parent that has not arrived', [edit(2, [1], { text: 'x\n' })]),
    ],
    texts: [
      textCase('lines next to each other', '1\n2\n', 'one\n2\n', '1\ntwo\n'),
      textCase('both insert at one place', '1\n', '1\nx\n', '1\ny\n'),
      textCase('what both sides of a conflict share stays once', '1\n', 'a\nx\nz\n', 'a\ny\nz\n'),
      textCase('one deletes what the other changes', '1\n2\n3\n', '1\n3\n', '1\nx\n3\n'),
      textCase('deletions that overlap', '1\n2\n3\n4\n', '1\n4\n', '1\n2\n'),
      textCase('a line inserted amid lines that the other deletes', '1\n2\n3\n', '3\n', '1\nx\n2\n3\n'),
      textCase('no line end at the end', '1', 'x', '1\nmore'),
      textCase('carriage returns belong to their lines', '1\r\n2\r\n', 'x\r\n2\r\n', '1\r\n2\r\ny\r\n'),
      textCase('of several shortest edits', 'a\nb\nz', 'b\na\nz', 'a\nb\nz\nend'),
      textCase('blank lines', '\n\n\n', 'x\n\n\n', '\n\n\ny'),
      textCase('nothing in common', '', 'x', 'y\n'),
    ],
    refused: [],
  };
}
