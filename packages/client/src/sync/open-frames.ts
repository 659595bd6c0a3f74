import {
  decodeOperation,
  openEnvelopes,
  type Frame,
  type OpenedEnvelope,
  type Primitives,
  type UnlockedKeyring,
} from '@dataans/core';
import type { ReceivedOperation } from '../store/local-log.ts';

/** Entries of the log behind `after`, opened and read as far as they can be. // SYN-8 */
export async function openFrames(
  primitives: Primitives,
  keyring: UnlockedKeyring,
  frames: readonly Frame[],
  after: number,
): Promise<readonly ReceivedOperation[]> {
  const sealed = frames
    .filter((frame) => frame.kind === 'envelope')
    .map(({ id, body }) => ({ id, envelope: body }));
  const opened = (await openEnvelopes(primitives, keyring, sealed)).values();
  return frames.map((frame, index) => {
    const seq = after + index + 1;
    if (frame.kind === 'pruned')
      return {
        seq,
        id: frame.id,
        envelope: null,
        prunedHash: frame.body,
        opened: { ok: false, code: 'pruned' },
      };
    return { seq, id: frame.id, envelope: frame.body, opened: read(opened.next().value) };
  });
}

function read(envelope: OpenedEnvelope | undefined): ReceivedOperation['opened'] {
  if (envelope === undefined) throw new TypeError('Opening gave fewer results than there were envelopes.');
  if (!envelope.ok) return envelope;
  const decoded = decodeOperation(envelope.encoded);
  return decoded.ok ? { ok: true, encoded: envelope.encoded, operation: decoded.operation } : decoded;
}
