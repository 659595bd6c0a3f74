import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { concatBytes, utf8ToBytes } from '../bytes/bytes.ts';
import { uuidToBytes, type LogId } from '../ids/uuid.ts';
import { chainFrames, extendChain, startChain } from './chain.ts';
import type { Frame } from './frame.ts';

const hash = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

const log = '00112233-4455-4677-8899-aabbccddeeff' as LogId;
const frame = (byte: number): Frame => ({
  kind: 'envelope',
  id: new Uint8Array(16).fill(byte),
  body: new Uint8Array(60).fill(byte),
});

test('[CHN-1] the chain starts from the log id', () => {
  const expected = hash(concatBytes(utf8ToBytes('dataans/log/1'), uuidToBytes(log)));
  assert.deepEqual(startChain(hash, log), expected);
});

test('[CHN-2] each link holds the one before, the id and the hash of the envelope', () => {
  const start = startChain(hash, log);
  const id = new Uint8Array(16).fill(1);
  const envelopeHash = hash(new Uint8Array(60));
  assert.deepEqual(extendChain(hash, start, id, envelopeHash), hash(concatBytes(start, id, envelopeHash)));
});

test('[CHN-2] there is one link for each frame', () => {
  const start = startChain(hash, log);
  const first = extendChain(hash, start, frame(1).id, hash(frame(1).body));
  const second = extendChain(hash, first, frame(2).id, hash(frame(2).body));
  assert.deepEqual(chainFrames(hash, start, [frame(1), frame(2)]), [first, second]);
  assert.deepEqual(chainFrames(hash, start, []), []);
});

test('[CHN-2] a frame altered, swapped, left out or repeated gives another chain', () => {
  const start = startChain(hash, log);
  const headOf = (...frames: readonly Frame[]) => chainFrames(hash, start, frames).at(-1);
  const head = headOf(frame(1), frame(2), frame(3));
  const altered: Frame = { ...frame(2), body: frame(9).body };
  const renamed: Frame = { ...frame(2), id: frame(9).id };
  for (const other of [
    headOf(frame(1), altered, frame(3)),
    headOf(frame(1), renamed, frame(3)),
    headOf(frame(2), frame(1), frame(3)),
    headOf(frame(1), frame(3)),
    headOf(frame(1), frame(2), frame(2), frame(3)),
  ])
    assert.notDeepEqual(other, head);
});

test('[CHN-3] a pruned frame continues the chain as its envelope did', () => {
  const start = startChain(hash, log);
  const pruned: Frame = { kind: 'pruned', id: frame(1).id, body: hash(frame(1).body) };
  assert.deepEqual(
    chainFrames(hash, start, [pruned, frame(2)]),
    chainFrames(hash, start, [frame(1), frame(2)]),
  );
});

test('[CHN-2] links handed out are not changed by later ones', () => {
  const start = startChain(hash, log);
  const links = chainFrames(hash, start, [frame(1), frame(2)]);
  const again = chainFrames(hash, start, [frame(1)]);
  assert.deepEqual(links[0], again[0]);
});
