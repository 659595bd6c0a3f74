import {
  bytesToHex,
  bytesToUuid,
  chainFrames,
  concatBytes,
  encodeFrames,
  limits,
  parseUuid,
  positionCode,
  startChain,
  type Frame,
  type LogId,
  type Primitives,
} from '@dataans/core';
import type { ChainFile, FrameFile, PlainFrame } from '../shapes.ts';
import { seededBytes, withByte } from './bytes.ts';
import { seededUuid } from './operations.ts';

function envelopeFrame(number: number): Frame {
  return {
    kind: 'envelope',
    id: seededBytes(`frame id ${number}`, 16),
    body: seededBytes(`frame body ${number}`, limits.envelopeBytesMin + number),
  };
}

const pruned: Frame = {
  kind: 'pruned',
  id: seededBytes('pruned id', 16),
  body: seededBytes('pruned hash', 32),
};

function plainFrame({ kind, id, body }: Frame): PlainFrame {
  return { kind, id: bytesToUuid(id), body: bytesToHex(body) };
}

export function makeFrames(): FrameFile {
  const valid = (title: string, frames: readonly Frame[]) => ({
    title,
    frames: frames.map(plainFrame),
    encoded: bytesToHex(encodeFrames(frames)),
  });
  const refused = (title: string, expect: string, encoded: Uint8Array) => ({
    title,
    expect,
    encoded: bytesToHex(encoded),
  });
  const whole = encodeFrames([envelopeFrame(1), envelopeFrame(2)]);
  const one = encodeFrames([envelopeFrame(1)]);
  const short: Frame = { ...envelopeFrame(1), body: new Uint8Array(limits.envelopeBytesMin - 1) };
  return {
    about: [
      'Bodies of frames: length (4) | kind (1) | id (16) | body, where length counts all that follows it.',
      'Stages: header (cut off), kind, length (no body of this kind has it), body (cut off).',
    ],
    valid: [
      valid('none', []),
      valid('one', [envelopeFrame(0)]),
      valid('three, one of them pruned', [envelopeFrame(1), pruned, envelopeFrame(2)]),
    ],
    refused: [
      refused('one byte', 'header', one.subarray(0, 1)),
      refused('a header without its last byte', 'header', one.subarray(0, limits.frameHeaderBytes - 1)),
      refused('a body without its last byte', 'body', one.subarray(0, -1)),
      refused('the second frame cut off in its header', 'header', whole.subarray(0, one.length + 5)),
      refused('a byte after the last frame', 'header', concatBytes(whole, Uint8Array.of(0))),
      refused(
        'kind 2',
        'kind',
        withByte(one, 4, () => 2),
      ),
      refused('an envelope that is too short', 'length', encodeFrames([short])),
      refused(
        'an envelope that is too long',
        'length',
        withByte(one, 1, () => 255),
      ),
      refused(
        'a length that does not cover the header',
        'length',
        withByte(one, 3, () => 3),
      ),
      refused(
        'a pruned frame of 33 bytes',
        'length',
        encodeFrames([{ ...pruned, body: new Uint8Array(33) }]),
      ),
    ],
  };
}

export function makeChain(primitives: Primitives): ChainFile {
  const log = parseUuid<LogId>(seededUuid('log'));
  if (log === null) throw new TypeError('The log id is no UUID.');
  const valid = (title: string, frames: readonly Frame[]) => {
    const start = startChain(primitives.hash, log);
    const chain = chainFrames(primitives.hash, start, frames);
    return {
      title,
      log,
      start: bytesToHex(start),
      frames: frames.map(plainFrame),
      chain: chain.map(bytesToHex),
      code: positionCode(primitives.hash, log, frames.length, chain.at(-1) ?? start),
    };
  };
  const hashed: Frame = { ...envelopeFrame(1), kind: 'pruned', body: primitives.hash(envelopeFrame(1).body) };
  return {
    about: [
      'The chain before and after each frame. A pruned frame gives what its envelope gave.',
      'The code of the place behind the last frame, for people.',
    ],
    valid: [
      valid('an empty log', []),
      valid('two envelopes', [envelopeFrame(1), envelopeFrame(2)]),
      valid('the first of them pruned', [hashed, envelopeFrame(2)]),
      valid('swapped', [envelopeFrame(2), envelopeFrame(1)]),
    ],
    refused: [],
  };
}
