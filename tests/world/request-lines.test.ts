import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRequestLines } from './request-lines.ts';

test('requests are found once each, wherever the stream is cut', () => {
  const stream = Buffer.from(
    'GET /v1/log HTTP/1.1\r\nhost: here\r\n\r\nPUT /v1/chunks/ab HTTP/1.1\r\ncontent-length: 5\r\n\r\nbytesPOST /v1/operations HTTP/1.1\r\n\r\n',
  );
  for (let step = 1; step < stream.length; step += 1) {
    const find = findRequestLines();
    const found: string[] = [];
    for (let at = 0; at < stream.length; at += step) found.push(...find(stream.subarray(at, at + step)));
    assert.deepEqual(found, ['GET /v1/log', 'PUT /v1/chunks/ab', 'POST /v1/operations']);
  }
});
