import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError, type FileRow, type Home } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { serveFiles, type FileQuestions } from '../files/serve-files.ts';
import { answerFile } from './answer-file.ts';
import { openFile, type Page } from './open-file.ts';

const id = '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d';
const never = new Promise(() => undefined);

/** A page that has one file, and tells which of its bytes were read. */
function createPage(file: Partial<FileRow> & { readonly bytes: number }) {
  const reads: (readonly [number, number])[] = [];
  const content = new Uint8Array(file.bytes).map((_, at) => at % 251);
  const files: Pick<Home['files'], 'row' | 'read'> = {
    row: async (asked) =>
      asked === id
        ? { id: asked, name: 'a', type: null, width: null, height: null, preview: null, ...file }
        : null,
    read: async (_, { from, to } = { from: 0, to: file.bytes }) => {
      reads.push([from, to]);
      return content.slice(from, to);
    },
  };
  return { page: connect(files), reads, content };
}

function connect(files: Parameters<typeof serveFiles>[1]): Page {
  let listen: Parameters<FileQuestions['addEventListener']>[1] = () => undefined;
  serveFiles({ addEventListener: (_, listener) => (listen = listener) }, files);
  // A transferred port.
  return { postMessage: (data, ports) => listen({ data, ports: ports as readonly MessagePort[] }) };
}

async function ask(page: Page, range: string | null = null, asked = id): Promise<Response> {
  return answerFile(await openFile([page], asked, never), range);
}

test('the end of a long recording is read without what comes before it', async () => {
  const { page, reads, content } = createPage({ name: 'a.wav', bytes: 9_500_000 });
  const answer = await ask(page, 'bytes=8900000-');
  assert.equal(answer.status, 206);
  assert.equal(answer.headers.get('content-range'), 'bytes 8900000-9499999/9500000');
  assert.equal(answer.headers.get('content-length'), '600000');
  assert.equal(answer.headers.get('accept-ranges'), 'bytes');
  assert.equal(answer.headers.get('content-type'), 'audio/wav');
  assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), content.slice(8_900_000));
  assert.deepEqual(reads, [
    [8_900_000, 9_000_000],
    [9_000_000, 9_500_000],
  ]);
});

test('a file is read as far as somebody takes it, one piece at a time', async () => {
  const { page, reads } = createPage({ bytes: 60_000_000 });
  const answer = await ask(page);
  assert.equal(answer.status, 200);
  const reader = answer.body?.getReader();
  await reader?.read();
  await reader?.read();
  assert.equal(reads.length, 2);
  await reader?.cancel();
  assert.equal(reads.length, 2);
});

for (const bytes of [0, 1, 1_000_000, 2_000_001])
  test(`a file of ${bytes} bytes is whole`, async () => {
    const { page, content } = createPage({ bytes });
    const answer = await ask(page);
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), content);
  });

test('a page, a drawing and whatever pretends to be something else never run', async () => {
  for (const [name, type] of [
    ['page.html', 'text/html'],
    ['drawing.svg', 'image/svg+xml'],
    ['page.html', null],
    ['script.js', 'text/javascript'],
    ['page.pdf', 'application/pdf'],
  ] as const) {
    const { headers } = await ask(createPage({ name, type, bytes: 3 }).page);
    assert.equal(headers.get('content-type'), 'application/octet-stream');
    assert.match(headers.get('content-disposition') ?? '', /^attachment;/);
  }
  const { headers } = await ask(createPage({ name: 'page.html', type: 'image/png', bytes: 3 }).page);
  assert.equal(headers.get('content-type'), 'image/png');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.match(headers.get('content-security-policy') ?? '', /^sandbox; default-src 'none'/);
  assert.equal(headers.get('cache-control'), 'no-store');
});

test('whatever a file is called, its name is one line of a header', async () => {
  const { page } = createPage({ name: 'нота "a"\r\nx: y\uD800.mp3', bytes: 1 });
  const { headers } = await ask(page);
  assert.match(headers.get('content-disposition') ?? '', /^inline; filename\*=UTF-8''[\w%.~!-]+$/);
});

test('what is not there, cannot be read or lies behind the end is said by its status', async () => {
  const { page } = createPage({ bytes: 10 });
  assert.equal((await ask(page, null, id.replace('0', '1'))).status, 404);
  const behind = await ask(page, 'bytes=10-');
  assert.deepEqual([behind.status, behind.headers.get('content-range')], [416, 'bytes */10']);
  const offline = connect({
    row: async (asked: EntityId): Promise<FileRow> => ({
      id: asked,
      name: 'a',
      type: null,
      bytes: 10,
      width: null,
      height: null,
      preview: null,
    }),
    read: async () => Promise.reject(new DataansError('server-unreachable', 'Offline.')),
  });
  assert.equal((await ask(offline)).status, 503);
  assert.equal((await answerFile(await openFile([], id, never), null)).status, 503);
});

test('a page that sleeps is not waited for if another one answers, and not for ever if none does', async () => {
  const asleep: Page = { postMessage: () => undefined };
  const { page } = createPage({ bytes: 3 });
  const answer = await answerFile(await openFile([asleep, page], id, never), null);
  assert.equal((await answer.arrayBuffer()).byteLength, 3);
  assert.deepEqual(await openFile([asleep], id, Promise.resolve()), { kind: 'refused', why: 'unreadable' });
});
