import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { batchOperationsMax, envelopeBytesMax, envelopeBytesMin } from '../limits.ts';
import { decodeFrames, encodeFrames, type Frame } from './frame.ts';

const id = fc.uint8Array({ minLength: 16, maxLength: 16 });
const envelope = fc.uint8Array({ minLength: envelopeBytesMin, maxLength: 120 });
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const envelopeFrame = fc.tuple(id, envelope).map(([of, body]): Frame => ({ kind: 'envelope', id: of, body }));
const prunedFrame = fc.tuple(id, hash).map(([of, body]): Frame => ({ kind: 'pruned', id: of, body }));
const frames: fc.Arbitrary<readonly Frame[]> = fc.array(fc.oneof(envelopeFrame, prunedFrame), {
  maxLength: 5,
});

function frameOf(bodyBytes: number): Frame {
  return { kind: 'envelope', id: new Uint8Array(16), body: new Uint8Array(bodyBytes) };
}

function isRefused(encoded: Uint8Array): boolean {
  return !decodeFrames(encoded).ok;
}

test('[FRM-1] a frame is its length, kind, id and body', () => {
  const body = new Uint8Array(envelopeBytesMin).fill(9);
  const operationId = Uint8Array.from({ length: 16 }, (_, index) => index);
  const encoded = encodeFrames([{ kind: 'envelope', id: operationId, body }]);
  assert.deepEqual([...encoded], [0, 0, 0, 17 + envelopeBytesMin, 0, ...operationId, ...body]);
});

test('[FRM-1] frames come back as they were', () => {
  fc.assert(
    fc.property(frames, (all) =>
      assert.deepEqual(decodeFrames(encodeFrames(all)), { ok: true, frames: all }),
    ),
  );
});

test('[FRM-1] a body read from the middle of a larger buffer comes back too', () => {
  const encoded = encodeFrames([frameOf(50)]);
  const buffer = new Uint8Array(encoded.length + 20).fill(255);
  buffer.set(encoded, 7);
  assert.deepEqual(decodeFrames(buffer.subarray(7, 7 + encoded.length)), { ok: true, frames: [frameOf(50)] });
});

test('[FRM-2] a pruned frame carries exactly a hash, and no other kind exists', () => {
  const pruned = (bytes: number): Frame => ({
    kind: 'pruned',
    id: new Uint8Array(16),
    body: new Uint8Array(bytes),
  });
  assert.equal(isRefused(encodeFrames([pruned(32)])), false);
  assert.equal(isRefused(encodeFrames([pruned(31)])), true);
  assert.equal(isRefused(encodeFrames([pruned(33)])), true);
  for (const kind of [2, 3, 128, 255]) {
    const encoded = encodeFrames([frameOf(50)]);
    encoded[4] = kind;
    assert.equal(isRefused(encoded), true);
  }
});

test('[FRM-3] a body of frames that is cut off anywhere but between two frames is refused', () => {
  fc.assert(
    fc.property(frames, (all) => {
      const encoded = encodeFrames(all);
      const ends = new Set(all.map((_, index) => encodeFrames(all.slice(0, index)).length));
      for (let length = 0; length < encoded.length; length += 1)
        assert.equal(isRefused(encoded.subarray(0, length)), !ends.has(length), `cut at ${length}`);
    }),
    { numRuns: 30 },
  );
});

test('[FRM-3] bytes after the last frame are refused', () => {
  const encoded = encodeFrames([frameOf(50)]);
  assert.equal(isRefused(Uint8Array.of(...encoded, 0)), true);
});

test('[FRM-3] an envelope outside its limits is refused, one at them is not', () => {
  assert.equal(isRefused(encodeFrames([frameOf(envelopeBytesMin)])), false);
  assert.equal(isRefused(encodeFrames([frameOf(envelopeBytesMin - 1)])), true);
  assert.equal(isRefused(encodeFrames([frameOf(envelopeBytesMax)])), false);
  assert.equal(isRefused(encodeFrames([frameOf(envelopeBytesMax + 1)])), true);
});

test('[FRM-3] more frames than a batch may hold are refused', () => {
  const all = Array.from({ length: batchOperationsMax + 1 }, () => frameOf(envelopeBytesMin));
  assert.equal(isRefused(encodeFrames(all.slice(1))), false);
  assert.equal(isRefused(encodeFrames(all)), true);
});

test('[FRM-3] a frame with any byte changed is refused or read as another, and never breaks the reader', () => {
  fc.assert(
    fc.property(frames, fc.nat(), fc.nat(255), (all, place, value) => {
      const encoded = encodeFrames(all);
      if (encoded.length > 0) encoded[place % encoded.length] = value;
      const decoded = decodeFrames(encoded);
      if (decoded.ok) assert.deepEqual(encodeFrames(decoded.frames), encoded);
    }),
    { numRuns: 1_000 },
  );
});

test('[FRM-3] a refusal says where and why', () => {
  const decoded = decodeFrames(encodeFrames([frameOf(50), frameOf(3)]));
  assert.deepEqual(decoded, {
    ok: false,
    reason: 'The frame at byte 71 is not one: 3 bytes cannot be a body of this kind.',
  });
});

test('[FRM-1] no frames are no bytes', () => {
  assert.equal(encodeFrames([]).length, 0);
  assert.deepEqual(decodeFrames(new Uint8Array()), { ok: true, frames: [] });
});
