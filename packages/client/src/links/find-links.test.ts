import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findLinks } from './find-links.ts';

for (const [text, expected] of [
  ['[a](b.md)', ['link b.md']],
  ['![a](images/b.png)', ['image images/b.png']],
  ['[![alt](a.png)](b.md)', ['image a.png', 'link b.md']],
  ['[a](<b c.md>)', ['link b c.md']],
  ['[a](b%20c.md#part "title")', ['link b%20c.md#part']],
  ["[a](b.md 'title') and [c]( d.md\n)", ['link b.md', 'link d.md']],
  ['[a](b(1).md)', ['link b(1).md']],
  [String.raw`[a](b\).md)`, ['link b).md']],
  ['[a](b.md?x&amp;y)', ['link b.md?x&y']],
  ['[a][ref]\n\n[ref]: ../b.md "title"\n[^1]: note.md', ['definition ../b.md']],
  ['[x]: <a b.md>\r\n', ['definition a b.md']],
  ['[a [nested] b](c.md)', ['link c.md']],
  ['- [a](b.md)\n  > [c](d.md)', ['link b.md', 'link d.md']],
] as const) {
  test(`[LNK-1] ${JSON.stringify(text)} leads to ${expected.join(', ')}`, () => {
    const links = findLinks(text);
    assert.deepEqual(
      links.map(({ kind, href }) => `${kind} ${href}`),
      expected,
    );
    for (const { start, end } of links) assert.match(text.slice(start, end), /\.(?:md|png)/);
  });
}

for (const text of [
  '[a](https://example.com/b.md)',
  '[a](mailto:b@c.md)',
  '[a](//host/b.md)',
  '[a](#part)',
  '[a]()',
  '`[a](b.md)`',
  '``code ` [a](b.md)``',
  '```\n[a](b.md)\n```',
  '~~~ md\n[a](b.md)\n```\n~~~',
  '```\n[a](b.md)',
  '  > ```\n  > [a](b.md)\n  > ```',
  String.raw`\[a](b.md)`,
  '[a] (b.md)',
  'a](b.md)',
  '[a](b c.md)',
  '[a\n\nb](c.md)',
  '[x]: a.md b.md',
  '[a](b.md (c(d))',
  '````\n```\n[a](b.md)\n````',
  '```\n``` x\n[a](b.md)\n```',
]) {
  test(`[LNK-1] ${JSON.stringify(text)} leads nowhere`, () => {
    assert.deepEqual(findLinks(text), []);
  });
}

test('[LNK-1] a backtick that is escaped or never closed begins no code', () => {
  assert.equal(findLinks(String.raw`\`[a](b.md)\``).length, 1);
  assert.equal(findLinks('`` [a](b.md) `').length, 1);
  assert.equal(findLinks('a ` b\n\n[a](b.md) ` c').length, 1);
});

test('[LNK-1] every link lies in the text where it says', () => {
  const marks = fc.constantFrom(
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '`',
    '```',
    '\n',
    '\\',
    '"',
    ' ',
    'a',
    '.md',
    '!',
    ':',
    '~~~',
  );
  fc.assert(
    fc.property(
      fc.array(marks, { maxLength: 60 }).map((parts) => parts.join('')),
      (text) => {
        let last = 0;
        for (const { start, end } of findLinks(text)) {
          assert.equal(start >= last && end >= start && end <= text.length, true);
          last = end;
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

/** Counts how often characters of a text are looked at. */
function countLooks(text: string): number {
  let looks = 0;
  const counted = new Proxy(Object(text) as object, {
    get: (target, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
      const member: unknown = Reflect.get(target, key);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  // Reads like the text: indexes, `length` and methods are all that the search uses.
  findLinks(counted as unknown as string);
  return looks;
}

for (const unit of [
  '[',
  ']',
  '[](',
  '[](<',
  '[](a (',
  '[](a "',
  '[a]:',
  '`',
  '``` ',
  '[](a\\',
  '![[',
  '[](()',
  '\n',
  '>',
]) {
  test(`[LNK-4] twice as much of ${JSON.stringify(unit)} takes about twice the work`, () => {
    const text = unit.repeat(4_000);
    const once = countLooks(text);
    const twice = countLooks(text + text);
    assert.equal(
      once >= 4_000 && once <= 256 * text.length && twice <= once * 2.2 + 8_192,
      true,
      `${once} looks, then ${twice}`,
    );
  });
}
