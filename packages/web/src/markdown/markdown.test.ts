import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isValidElement, type ComponentChild, type VNode } from 'preact';
import { parseMarkdown } from './parse-markdown.ts';
import { renderTokens, type NoteParts } from './render-tokens.ts';
import { setTask } from './tasks.ts';

const named = (displayName: string) => Object.assign(() => null, { displayName });
const parts: NoteParts = {
  // Each stands in for a part by its name alone.
  Code: named('Code'),
  Picture: named('Picture'),
  Link: named('Link'),
  Tag: named('Tag'),
  NoteLink: named('NoteLink'),
  TaskBox: named('TaskBox'),
};

/** The elements in writing, so that a test reads like what is on the screen. */
function write(child: ComponentChild): string {
  if (Array.isArray(child)) return child.map(write).join('');
  if (!isValidElement(child)) return typeof child === 'string' ? child : '';
  const { type, props } = child as VNode<Readonly<Record<string, unknown>>>;
  const name = typeof type === 'string' ? type : (type.displayName ?? '');
  const { children, dir: _, ...others } = props;
  const attributes = Object.entries(others).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  return `<${name}${attributes.join('')}>${write(children as ComponentChild)}</${name}>`;
}

function show(text: string, breaks = true): string {
  return write([...renderTokens(parseMarkdown(text, { breaks }), parts)]);
}

test('what looks like HTML stays text', () => {
  assert.equal(show('<img src=x onerror=alert(1)> <b>b</b>'), '<p><img src=x onerror=alert(1)> <b>b</b></p>');
});

for (const address of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'vbscript:x', 'data:text/html,x'])
  test(`a link to ${address} is no link`, () => {
    assert.doesNotMatch(show(`[a](${address}) ![b](${address}) ![c](${address} =20%)`), /<(Link|Picture)/);
  });

test('a note breaks where its author pressed Enter, a Markdown file does not', () => {
  assert.equal(show('a\nb'), '<p>a<br></br>b</p>');
  assert.equal(show('a\nb', false), '<p>a\nb</p>');
});

test('boxes of a list can be ticked, and know their line', () => {
  assert.equal(
    show('x\n\n- [ ] milk\n- [x] eggs\n- tea'),
    '<p>x</p><ul><li class="task"><TaskBox checked=false line=2></TaskBox><span>milk</span></li>' +
      '<li class="task"><TaskBox checked=true line=3></TaskBox><span>eggs</span></li><li>tea</li></ul>',
  );
});

test('ticking changes its box and nothing else', () => {
  const text = 'a [ ] b\n- [ ] one [ ]\r\n  1. [x] two\n> - [X] three\n```\n- [ ] code\n```';
  assert.equal(setTask(text, text, { line: 1, checked: true }), text.replace('- [ ] one', '- [x] one'));
  assert.equal(setTask(text, text, { line: 2, checked: false }), text.replace('[x] two', '[ ] two'));
  assert.equal(setTask(text, text, { line: 3, checked: false }), text.replace('[X] three', '[ ] three'));
  assert.equal(setTask(text, text, { line: 0, checked: true }), null);
  assert.equal(setTask(text, text, { line: 99, checked: true }), null);
});

test('pictures take the sizes in pixels and in parts of the width', () => {
  const size = (text: string): string => /size=(\{[^}]*\})/.exec(show(text))?.[1] ?? 'no picture';
  assert.equal(size('![a](p.png =200x300)'), '{"width":200,"height":300}');
  assert.equal(size('![a](p.png =200x)'), '{"width":200}');
  assert.equal(size('![a](p.png =x300)'), '{"height":300}');
  assert.equal(size('![a](p.png =20%)'), '{"percent":20}');
  assert.equal(size('![a](p.png =0%)'), '{"percent":1}');
  assert.equal(size('![a](<my photo.png> =40)'), '{"width":40}');
  assert.equal(size('![a](p.png)'), '{}');
});

const tagOf = (text: string): readonly string[] => [
  ...new Set(
    parseMarkdown(text, { breaks: true }).flatMap(({ children }) =>
      (children ?? []).flatMap(({ type, content }) => (type === 'tag' ? [content] : [])),
    ),
  ),
];

test('[STO-58] tags are words behind a #, in words alone', () => {
  assert.deepEqual(tagOf('#server and (#дім, #日本) #server #Server'), ['server', 'дім', '日本', 'Server']);
  assert.deepEqual(tagOf('a#b `#c` [#d](x) https://e.f/#g #12 ## &#39; #a-b/c-'), ['a-b/c']);
  assert.equal(show('at #home.'), '<p>at <Tag tag="home"></Tag>.</p>');
  assert.equal(show(String.raw`no \#home`), '<p>no #home</p>');
});

test('a note is named by its id', () => {
  const id = '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d';
  assert.equal(show(`see ((${id}))`), `<p>see <NoteLink note="${id}"></NoteLink></p>`);
  assert.equal(show('see ((that))'), '<p>see ((that))</p>');
});

test('tables scroll in themselves and align by class', () => {
  assert.equal(
    show('| a | b |\n|:-:|---|\n| 1 | 2 |'),
    '<div class="table" tabIndex=0 role="group"><table><thead><tr><th class="aligned-center">a</th><th>b</th></tr></thead>' +
      '<tbody><tr><td class="aligned-center">1</td><td>2</td></tr></tbody></table></div>',
  );
});

test('code keeps its lines and its language', () => {
  assert.equal(show('```sh title="x"\nls\n\n```'), '<Code text="ls\\n" language="sh"></Code>');
  assert.equal(show('    indented'), '<Code text="indented" language=""></Code>');
});

test('nothing of a note is lost, whatever it holds', () => {
  for (const text of [
    '',
    '\n\n',
    '[',
    '![',
    '((',
    '- [ ]',
    '|',
    '```',
    '# ',
    '***',
    '> ',
    '\u0000',
    '<'.repeat(500),
  ])
    assert.doesNotThrow(() => show(text));
});

test('a task that was moved, or ticked already, meanwhile is the one that is ticked', () => {
  const seen = '- [ ] milk\n- [ ] bread';
  const task = { line: 1, checked: true };
  assert.equal(setTask('# Shop\n\n- [ ] milk\n- [ ] bread', seen, task), '# Shop\n\n- [ ] milk\n- [x] bread');
  assert.equal(setTask('- [x] bread\n- [ ] milk', seen, task), '- [x] bread\n- [ ] milk');
  assert.equal(setTask('- [ ] milk\n- [ ] butter', seen, task), null);
});
