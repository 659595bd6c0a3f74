import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePreview } from './make-preview.ts';

const photo = { bytes: 1_000, type: 'image/jpeg', width: 4_000, height: 3_000 };
const source = new Blob(['a photo']);

test('[FIL-11] a preview is as small as its operation takes, or there is none', async () => {
  const asked: number[] = [];
  const shrinkTo =
    (bytesOfSide: (side: number) => number) =>
    async (picture: Blob, { sideMax }: { sideMax: number }) => {
      assert.equal(picture, source);
      asked.push(sideMax);
      return new Blob([new Uint8Array(bytesOfSide(sideMax))]);
    };
  const make = (bytesOfSide: (side: number) => number) =>
    makePreview(shrinkTo(bytesOfSide), photo, () => source);
  assert.equal(await make(() => 3), 'AAAA');
  assert.equal((await make((side) => side * 60))?.length, 1_280);
  assert.equal(await make(() => 1_025), null);
  assert.deepEqual(asked, [24, 24, 16, 24, 16, 10]);
});

test('[FIL-11] only pictures of a size that can be drawn are drawn, and what cannot be is no fault', async () => {
  const draw = async (content: Partial<typeof photo>): Promise<boolean> => {
    let isDrawn = false;
    const shrink = async (): Promise<Blob> => {
      isDrawn = true;
      throw new Error('no picture');
    };
    assert.equal(await makePreview(shrink, { ...photo, ...content }, () => source), null);
    return isDrawn;
  };
  assert.equal(await draw({}), true);
  for (const content of [
    { type: 'image/svg+xml' },
    { type: 'text/html' },
    { width: 0 },
    { width: 100_000, height: 100_000 },
    { bytes: 60_000_000 },
  ])
    assert.equal(await draw(content), false, JSON.stringify(content));
});
