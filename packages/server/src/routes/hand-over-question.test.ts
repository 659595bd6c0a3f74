import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHandOverQuestion } from './hand-over-question.ts';

const state = 'A'.repeat(43);
const key = `${'B'.repeat(42)}A`;

function parse(given: Readonly<Record<string, string>>) {
  return parseHandOverQuestion(
    new URLSearchParams({ port: '40000', state, key, device: 'Laptop', ...given }),
  );
}

test('[HND-2] port, state, key and device are read as they are', () => {
  assert.deepEqual(parse({}), { port: 40_000, state, key, device: 'Laptop' });
  for (const port of ['1024', '9999', '65535']) assert.equal(parse({ port })?.port, Number(port));
  for (const device of ['x', 'Anna’s <b>"laptop"</b> & co', '👩‍💻', 'é'.repeat(64), '😀'.repeat(64)])
    assert.equal(parse({ device })?.device, device);
});

const refused: readonly Readonly<Record<string, string>>[] = [
  ...[
    '',
    '0',
    '80',
    '1023',
    '65536',
    '99999',
    '100000',
    '040000',
    '4e4',
    '40000 ',
    '-40000',
    '٤٠٠٠٠',
    '40000.evil.example',
    '40000@evil',
  ].map((port) => ({ port })),
  ...['', 'A', 'A'.repeat(44), `${'A'.repeat(42)}=`, `${'A'.repeat(42)}B`, `${'A'.repeat(42)}"`].map(
    (wrong) => ({ state: wrong }),
  ),
  ...['', 'A'.repeat(42), `${'A'.repeat(42)}B`, `${'A'.repeat(42)}"`].map((wrong) => ({ key: wrong })),
  ...[
    '',
    'x'.repeat(65),
    '😀'.repeat(65),
    'a\nb',
    'a\u001b[2J',
    'a\u202eb',
    'a\u2028b',
    'a\u200bb',
    'a\u0000',
  ].map((device) => ({ device })),
  { more: 'x' },
];

for (const given of refused)
  test(`[HND-2] ${JSON.stringify(given).slice(0, 80)} is no question`, () => {
    assert.equal(parse(given), null);
  });

test('[HND-2] what is missing or said twice is no question', () => {
  const query = `port=40000&state=${state}&key=${key}&device=Laptop`;
  assert.ok(parseHandOverQuestion(new URLSearchParams(query)));
  for (const wrong of [
    '',
    'port=40000',
    query.replace(/&device.*/, ''),
    `${query}&device=Phone`,
    `${query}&port=40001`,
  ])
    assert.equal(parseHandOverQuestion(new URLSearchParams(wrong)), null);
});
