import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findMentions } from './find-mentions.ts';

const note = '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d';
const space = '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3e';

for (const [text, ...tags] of [
  ['#garden, (#дім) and #日本', 'garden', 'дім', '日本'],
  ['#a/b-c_d and #a-', 'a/b-c_d', 'a'],
  ['#e\u0301te\u0301 twice: #e\u0301te\u0301', 'e\u0301te\u0301'],
  ['# heading #in-it\n\n#begins a line', 'in-it', 'begins'],
  ['*#strong* and ~~#gone~~', 'strong', 'gone'],
  ['#1 ## a#b # x #_ &#39; \\#escaped'],
  ['`#code` and ``#co`de``'],
  ['```\n#code\n```\n#after\n\n    #indented\n', 'after'],
  ['- item\n\n    #in-a-list', 'in-a-list'],
  ['- # ` #after\n`#code`', 'after'],
  ['> ` #code\nthe quote goes on `\n> #after', 'after'],
  ['[#words](x) ![#alt](y) [a](b#c) #after', 'after'],
  ['[x]: y "#title"\n\n#after', 'after'],
  ['https://a.b/#c www.a.b/(#c <ftp://a.b/?#c> #after', 'after'],
] as const)
  test(`[STO-58] ${JSON.stringify(text)} has the tags ${tags.join(', ') || 'of none'}`, () => {
    assert.deepEqual(findMentions(text).tags, tags);
  });

for (const [text, ...notes] of [
  [`((${note})) answers ((${note}))`, note],
  [`[that](https://notes.example.org/app/s/${space}/n/${note}) and /app/s/${space}/n/${space}`, note, space],
  [`\`((${note}))\` \`/app/s/${space}/n/${note}\` ((${note})`],
] as const)
  test(`[LNK-5] ${JSON.stringify(text)} names ${notes.length} notes`, () => {
    assert.deepEqual(findMentions(text).notes, notes);
  });

test('[LNK-5] a relative link may end in each name that its target can be read as', () => {
  const { names } = findMentions('[a](../b%20c.md#part) [d](e.md) ![f](g/h.png) [i](https://j.md)');
  assert.deepEqual(names, ['b c.md', 'b%20c.md', 'b%20c.md#part', 'e.md', 'h.png']);
});

test('[STO-58] [LNK-5] whatever a text is, what it mentions is found', () => {
  const piece = fc.constantFrom(
    '#',
    'a',
    '((',
    '))',
    '[',
    '](',
    ')',
    '`',
    '\n',
    '    ',
    '>',
    'http://',
    '\\',
    note,
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        const { tags } = findMentions(text);
        for (const tag of tags) assert.ok(text.includes(`#${tag}`));
      },
    ),
  );
});
