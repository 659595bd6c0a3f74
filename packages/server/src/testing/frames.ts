import assert from 'node:assert/strict';
import { decodeFrames, limits, utf8ToBytes, type Frame } from '@dataans/core';
import { sha256 } from '../hash.ts';
import type { Page } from '../log/log-store.ts';

/** An envelope frame that is the same for the same label, its body at least the smallest one allowed. */
export function envelopeFrame(label: string, bodyBytes = limits.envelopeBytesMin): Frame {
  const seed = sha256(utf8ToBytes(label));
  return {
    kind: 'envelope',
    id: seed.subarray(0, 16),
    body: Uint8Array.from({ length: bodyBytes }, (_, index) => seed[index % seed.length] ?? 0),
  };
}

export function envelopeFrames(label: string, count: number, bodyBytes?: number): readonly Frame[] {
  return Array.from({ length: count }, (_, index) => envelopeFrame(`${label} ${index}`, bodyBytes));
}

/** What a page holds, which must be one. */
export function framesOf(page: Page): readonly Frame[] {
  assert.ok(page.ok);
  const decoded = decodeFrames(page.frames);
  assert.ok(decoded.ok);
  return decoded.frames;
}
