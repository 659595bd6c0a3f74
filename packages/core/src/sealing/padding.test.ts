import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { padContent, padmeSize, unpadContent } from './padding.ts';

/** The slow, obvious one: the next length whose last E − S bits are zero, as the paper says it. */
function padmeByTheBook(length: number): number {
  if (length < 2) return length;
  const exponent = length.toString(2).length - 1;
  const significant = exponent.toString(2).length;
  const zeros = Math.max(0, exponent - significant);
  let size = length;
  while (BigInt(size) % 2n ** BigInt(zeros) !== 0n) size += 1;
  return size;
}

test('[PAD-1] sizes are those of the paper for every length up to 5,000', () => {
  for (let length = 0; length <= 5_000; length += 1) assert.equal(padmeSize(length), padmeByTheBook(length));
});

test('[PAD-1] a size is never smaller than the length, nor more than 12 % larger, and pads to itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (length) => {
      const size = padmeSize(length);
      assert.ok(size >= length && size <= length * 1.12);
      assert.equal(padmeSize(size), size);
    }),
    { numRuns: 1_000 },
  );
});

test('[PAD-1] lengths up to 1,000,000 have few sizes', () => {
  const sizes = new Set<number>();
  for (let length = 0; length <= 1_000_000; length += 1) sizes.add(padmeSize(length));
  assert.ok(sizes.size < 400, `${sizes.size}`);
});

test('[PAD-2] the length stands before the content, and zeros fill up to the size', () => {
  const padded = padContent(Uint8Array.of(7, 8, 9, 10, 11));
  assert.deepEqual([...padded], [0, 0, 0, 5, 7, 8, 9, 10, 11, 0]);
});

test('[PAD-2] content comes back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (content) => {
      assert.deepEqual(unpadContent(padContent(content)), content);
    }),
  );
});

test('[PAD-3] a length beyond the end, another size than Padmé gives, and a byte that is not zero are refused', () => {
  const content = new Uint8Array(101).fill(1);
  const padded = padContent(content);
  assert.ok(padded.length > 105);
  const change = (index: number, value: number) => {
    const changed = Uint8Array.from(padded);
    changed[index] = value;
    return changed;
  };
  assert.equal(unpadContent(change(3, 200)), null);
  assert.equal(unpadContent(change(0, 255)), null);
  assert.equal(unpadContent(padded.subarray(0, -1)), null);
  assert.equal(unpadContent(Uint8Array.of(...padded, 0)), null);
  for (let index = 105; index < padded.length; index += 1) assert.equal(unpadContent(change(index, 1)), null);
});

test('[PAD-3] bytes of any kind are refused or give a content within them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const content = unpadContent(bytes);
      assert.ok(content === null || content.length + 4 <= bytes.length);
    }),
    { numRuns: 1_000 },
  );
});
