import {
  bytesToUuid,
  chainFrames,
  decodeFrames,
  encodeFrames,
  positionCode,
  startChain,
  uuidToBytes,
  type Frame,
  type LogId,
  type Primitives,
  type Uuid,
} from '@dataans/core';
import type { PlainFrame, Vectors } from '../shapes.ts';
import { checkEach, checkFile, expectSame, fromHex, type VectorCheck } from './check.ts';

/** What the reason of a refusal says, by the stage that gave it. */
const reasonByStage = {
  header: 'the header is cut off',
  kind: 'unknown kind',
  length: 'cannot be',
  body: 'the body is cut off',
};

export function logChecks(primitives: Primitives, vectors: Vectors): readonly VectorCheck[] {
  return [
    ...checkFile(
      'frames',
      vectors.frames,
      ({ frames, encoded }) => {
        expectSame(encodeFrames(frames.map(readFrame)), encoded);
        const decoded = decodeFrames(fromHex(encoded));
        expectSame(
          decoded.ok && decoded.frames.map((frame) => ({ ...frame, id: bytesToUuid(frame.id) })),
          frames,
        );
      },
      ({ encoded }) => {
        const decoded = decodeFrames(fromHex(encoded));
        return decoded.ok ? 'accepted' : stageOfReason(decoded.reason);
      },
    ),
    ...checkEach('chain', vectors.chain.valid, ({ log, start, frames, chain, code }) => {
      expectSame(startChain(primitives.hash, log as LogId), start);
      expectSame(chainFrames(primitives.hash, fromHex(start), frames.map(readFrame)), chain);
      const last = fromHex(chain.at(-1) ?? start);
      expectSame(positionCode(primitives.hash, log as LogId, frames.length, last), code);
    }),
  ];
}

function readFrame({ kind, id, body }: PlainFrame): Frame {
  return {
    kind: kind === 'pruned' ? 'pruned' : 'envelope',
    id: uuidToBytes(id as Uuid),
    body: fromHex(body),
  };
}

function stageOfReason(reason: string): string {
  const [stage] = Object.entries(reasonByStage).find(([, words]) => reason.includes(words)) ?? [];
  return stage ?? reason;
}
