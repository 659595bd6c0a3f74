import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinWords, readSharedForm } from './read-form.ts';

const nothing = { title: '', text: '', url: '' };

for (const [name, given, expected] of [
  [
    'a link with its title',
    { title: 'Forty [walks]', url: 'https://a.example/x' },
    '[Forty \\[walks\\]](<https://a.example/x>)',
  ],
  ['a link alone', { url: 'https://a.example/x' }, 'https://a.example/x'],
  [
    'words with the link among them',
    { title: 'T', text: 'See https://a.example', url: 'https://a.example' },
    'T\n\nSee https://a.example',
  ],
  [
    'words and a link',
    { text: 'For the evenings', url: 'https://a.example' },
    'For the evenings\n\nhttps://a.example',
  ],
  ['a title that is all of the words', { title: 'Milk', text: 'Milk' }, 'Milk'],
  ['nothing', {}, ''],
] as const)
  test(`what is shared reads as a person would have pasted it: ${name}`, () => {
    assert.equal(joinWords({ ...nothing, ...given }), expected);
  });

test('files come with their names, and an empty field for them is no file', () => {
  const form = new FormData();
  form.append('text', ' Look ');
  form.append('files', new File(['pixels'], 'photo.png', { type: 'image/png' }));
  form.append('files', new File([], ''));
  const { text, files } = readSharedForm(form, 'x');
  assert.equal(text, 'Look');
  assert.deepEqual(
    files.map(({ name }) => name),
    ['photo.png'],
  );
});
