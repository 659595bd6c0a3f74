import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  continueLine,
  indentLines,
  insertLink,
  toggleMarks,
  type Replacement,
  type Selection,
} from './edit-selection.ts';

/** `|` is the caret, `<` and `>>` are the ends of what is selected. */
function read(marked: string): Selection {
  const caret = marked.indexOf('|');
  if (caret >= 0) return { text: marked.replace('|', ''), start: caret, end: caret };
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  return { text: marked.replace(/[«»]/g, ''), start, end };
}

function write({ text }: Selection, { from, to, insert, start, end }: Replacement): string {
  const next = text.slice(0, from) + insert + text.slice(to);
  if (start === end) return `${next.slice(0, start)}|${next.slice(start)}`;
  return `${next.slice(0, start)}«${next.slice(start, end)}»${next.slice(end)}`;
}

function apply(marked: string, edit: (selection: Selection) => Replacement | null): string | null {
  const selection = read(marked);
  const replacement = edit(selection);
  return replacement === null ? null : write(selection, replacement);
}

for (const [before, after] of [
  ['- milk|', '- milk\n- |'],
  ['- mi|lk', '- mi\n- |lk'],
  ['  * [x] milk|', '  * [x] milk\n  * [ ] |'],
  ['9. nine|', '9. nine\n10. |'],
  ['3) three|', '3) three\n4) |'],
  ['> said|', '> said\n> |'],
  ['> - said|', '> - said\n> - |'],
  ['a\n- |', 'a\n|'],
  ['- [ ] |', '|'],
  ['- |milk', '- \n- |milk'],
] as const)
  test(`a line break after ${JSON.stringify(before)} gives ${JSON.stringify(after)}`, () => {
    assert.equal(apply(before, continueLine), after);
  });

for (const plain of ['milk|', '-milk|', '1.milk|', '|', 'a - b|'])
  test(`a line break after ${JSON.stringify(plain)} is an ordinary one`, () => {
    assert.equal(apply(plain, continueLine), null);
  });

test('lines move a step in and out, and what is selected with them', () => {
  assert.equal(
    apply('a\nb|', (at) => indentLines(at, 'in')),
    'a\n  b|',
  );
  assert.equal(
    apply('«a\nb»\nc', (at) => indentLines(at, 'in')),
    '  «a\n  b»\nc',
  );
  assert.equal(
    apply('  «a\n b»', (at) => indentLines(at, 'out')),
    '«a\nb»',
  );
  assert.equal(
    apply('\ta|', (at) => indentLines(at, 'out')),
    'a|',
  );
  assert.equal(
    apply('a|', (at) => indentLines(at, 'out')),
    null,
  );
});

test('marks go round what is selected, and away again', () => {
  const bold = (at: Selection): Replacement => toggleMarks(at, '**');
  assert.equal(apply('a «b» c', bold), 'a **«b»** c');
  assert.equal(apply('a **«b»** c', bold), 'a «b» c');
  assert.equal(apply('a |', bold), 'a **|**');
});

test('a link takes the words or the address that are selected', () => {
  assert.equal(apply('see «this»', insertLink), 'see [this](|)');
  assert.equal(apply('«https://a.b/c»', insertLink), '[|](https://a.b/c)');
});
