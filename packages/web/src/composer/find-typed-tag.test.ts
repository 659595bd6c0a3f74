import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findTypedTag, matchTags } from './find-typed-tag.ts';

for (const [text, from, typed] of [
  ['#', 0, ''],
  ['see #gar', 4, 'gar'],
  ['(#дім', 1, 'дім'],
  ['#a/b-', 0, 'a/b-'],
] as const)
  test(`behind ${text} a tag is being typed`, () => {
    assert.deepEqual(findTypedTag(text, text.length), { from, typed });
  });

for (const text of ['', 'word', 'a#b', '##', '# ', '#tag ', String.raw`\#t`, 'https://a.b/#c'])
  test(`behind ${JSON.stringify(text)} no tag is being typed`, () => {
    assert.equal(findTypedTag(text, text.length), null);
  });

test('within a tag none is being typed', () => {
  assert.equal(findTypedTag('#garden', 4), null);
});

test('tags that begin so come first, and the one that is there already does not', () => {
  const tags = ['city-garden', 'garden', 'Gärtner', 'gar'].map((tag) => ({ tag, notes: 1 }));
  assert.deepEqual(
    matchTags(tags, 'gar').map(({ tag }) => tag),
    ['garden', 'Gärtner', 'city-garden'],
  );
});
