import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths } from '@dataans/core';
import { documentedOperations } from '../testing/openapi-document.ts';
import { assertRefused, createTestApp } from '../testing/test-app.ts';

type Headers = Readonly<Record<string, string>>;

const ours: readonly Headers[] = [
  {},
  { 'sec-fetch-site': 'none' },
  { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:8000' },
  { origin: 'https://notes.example.org' },
];

const foreign: readonly Headers[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'http://127.0.0.1:8001' },
  { origin: 'null' },
  { origin: 'https://notes.example.org.evil.example' },
];

const publicUrl = new URL('https://notes.example.org');
const question = { 'content-type': 'application/json', host: '127.0.0.1:8000' };

/** All that the server answers to another method than GET and HEAD: `openapi.test.ts` holds that none is missing. */
const changing = documentedOperations.filter(({ method }) => method !== 'GET' && method !== 'HEAD');

test('[SRV-26] what can change something is known', () => {
  assert.deepEqual(changing.map(({ method, path }) => `${method} ${path}`).toSorted(), [
    'POST /v1/chunks/missing',
    'POST /v1/operations',
    'POST /v1/operations/missing',
    'PUT /v1/account',
    'PUT /v1/chunks/{name}',
  ]);
});

for (const headers of ours)
  test(`[SRV-26] ${JSON.stringify(headers)} may change things`, async () => {
    const answer = await createTestApp({ publicUrl }).send('POST', paths.operationsMissing, {
      headers: { ...question, ...headers },
      body: '{"ids":[]}',
    });
    assert.equal(answer.status, 200);
  });

for (const headers of foreign)
  test(`[SRV-26] ${JSON.stringify(headers)} may change nothing`, async () => {
    const { send } = createTestApp({ publicUrl });
    for (const { method, path } of changing) {
      const options = { headers: { ...question, ...headers }, body: '{"ids":[]}' };
      await assertRefused(await send(method, path.replace('{name}', '0'.repeat(64)), options), 'forbidden');
    }
    assert.equal((await send('GET', paths.log, { headers })).status, 200);
  });
