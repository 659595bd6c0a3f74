import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '@dataans/core';
import { sealInTurn } from './seal-in-turn.ts';

const large = limits.pieceBytesMax + 1;

test('[IMP-10] large content is sealed one after another, also behind a failure, and small content at once', async () => {
  const events: string[] = [];
  const files = sealInTurn({
    seal: async ({ bytes }) => {
      events.push(`begin ${bytes - large}`);
      await Promise.resolve();
      events.push(`end ${bytes - large}`);
      if (bytes === large) throw new Error('first');
      return { bytes, chunks: '' };
    },
  });
  const source = (bytes: number) => ({ bytes, pieces: () => (async function* none() {})() });
  const sizes = [large, large + 1, 1, large + 2];
  const results = await Promise.allSettled(sizes.map((bytes) => files.seal(source(bytes))));
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
  );
  const ofLarge = events.filter((event) => !event.includes('-'));
  assert.deepEqual(ofLarge, ['begin 0', 'end 0', 'begin 1', 'end 1', 'begin 2', 'end 2']);
  assert.equal(events.indexOf(`begin ${1 - large}`), 0);
});
