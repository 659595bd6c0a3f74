import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as limits from './limits.ts';
import { padmeSize } from './sealing/padding.ts';

test('[LIM-1] the largest operation fits an envelope, and the largest envelope fits a batch', () => {
  const padded = padmeSize(4 + limits.operationBytesMax);
  assert.ok(padded + limits.sealedOverheadBytes <= limits.envelopeBytesMax);
  assert.equal(limits.envelopeBytesMax + limits.frameHeaderBytes, limits.batchBytesMax);
});

test('[LIM-2] the chunk names of the largest file fit one operation', () => {
  const packed = Math.ceil((limits.fileChunksMax * 32 * 4) / 3);
  assert.ok(packed + 4 * limits.nameBytesMax < limits.operationBytesMax);
});

test('[LIM-2] a sealed chunk stays under the 1 MiB that proxies allow by default', () => {
  assert.ok(limits.chunkBytesMax < 1024 * 1024);
});
