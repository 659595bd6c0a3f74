import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findMentions } from '../../packages/client/src/links/find-mentions.ts';
import { parseMarkdown } from '../../packages/web/src/markdown/parse-markdown.ts';

function shownTags(text: string): readonly string[] {
  const tokens = parseMarkdown(text, { breaks: true }).flatMap(({ children }) => children ?? []);
  return [...new Set(tokens.filter(({ type }) => type === 'tag').map(({ content }) => content))];
}

test('[STO-58] what is shown as a tag is what the index has for one', () => {
  const words = fc.constantFrom(
    '#tag',
    '(#tag)',
    '#a/b-c_d',
    '#日本',
    '#e\u0301te\u0301',
    '*#em*',
    '_#em_',
    '**#strong**',
    '~~#gone~~',
    '"#said".',

    '`#code`',
    '``#co`de``',
    '[#words](x)',
    '[a](b#c)',
    '![#alt](x)',
    '<https://a.b/#c>',
    'https://a.b/#c',
    '&#39;',

    String.raw`\#escaped`,
    '#1',
    'a#b',
    '##',
    '#',
    'word',
    '((0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d))',
    '`',
    '[',
  );
  const line = fc
    .tuple(
      fc.constantFrom('', '', '', '# ', '## ', '- ', '1. ', '> ', '- [ ] '),
      fc.array(words, { minLength: 1, maxLength: 6 }),
    )
    .map(([mark, inLine]) => mark + inLine.join(' '));
  const fence = fc.constantFrom('```\n#code\n```', '~~~ #info\n#code\n\n#code\n~~~');
  const text = fc
    .array(fc.tuple(fc.oneof({ arbitrary: line, weight: 5 }, fence), fc.constantFrom('\n', '\n\n')), {
      maxLength: 8,
    })
    .map((blocks) => blocks.flat().join(''));
  fc.assert(
    fc.property(text, (written) => {
      assert.deepEqual(findMentions(written).tags.toSorted(), shownTags(written).toSorted());
    }),
    { numRuns: 2000 },
  );
});
