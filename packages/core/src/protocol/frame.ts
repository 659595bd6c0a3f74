import { readUint32, writeUint32 } from '../bytes/bytes.ts';
import {
  batchOperationsMax,
  envelopeBytesMax,
  envelopeBytesMin,
  frameHeaderBytes,
  frameLengthBytes,
} from '../limits.ts';

/** The media type of a body made of frames. */
export const framesMediaType = 'application/vnd.dataans.operations';

/** What a frame carries: an envelope, or the SHA-256 of one that was pruned. // FRM-2 */
export type FrameKind = 'envelope' | 'pruned';

const kindByte = { envelope: 0, pruned: 1 } as const;
const idBytes = 16;
const prunedBodyBytes = 32;

/** One entry of the log on the wire. The arrays may be views of the body they were read from. */
export interface Frame {
  readonly kind: FrameKind;
  /** The operation id, 16 bytes. */
  readonly id: Uint8Array;
  readonly body: Uint8Array;
}

/** `length (4) | kind (1) | id (16) | body` for each frame, where length counts all that follows it. // FRM-1 */
export function encodeFrames(frames: readonly Frame[]): Uint8Array {
  let size = 0;
  for (const frame of frames) size += frameHeaderBytes + frame.body.length;
  const encoded = new Uint8Array(size);
  let offset = 0;
  for (const frame of frames) {
    writeUint32(encoded, offset, frameHeaderBytes - frameLengthBytes + frame.body.length);
    encoded[offset + frameLengthBytes] = kindByte[frame.kind];
    encoded.set(frame.id, offset + frameLengthBytes + 1);
    encoded.set(frame.body, offset + frameHeaderBytes);
    offset += frameHeaderBytes + frame.body.length;
  }
  return encoded;
}

export type DecodedFrames =
  { readonly ok: true; readonly frames: readonly Frame[] } | { readonly ok: false; readonly reason: string };

/**
 * Reads a whole body of frames without copying. Refuses a body that is cut off, of an unknown kind,
 * outside the limits, or longer than its frames: nothing of it is used then. // FRM-3
 */
export function decodeFrames(encoded: Uint8Array): DecodedFrames {
  const frames: Frame[] = [];
  let offset = 0;
  while (offset < encoded.length) {
    if (frames.length === batchOperationsMax) return refuse(offset, `more than ${batchOperationsMax} frames`);
    if (encoded.length - offset < frameHeaderBytes) return refuse(offset, 'the header is cut off');
    const end = offset + frameLengthBytes + readUint32(encoded, offset);
    const kind = kindOfByte(encoded[offset + frameLengthBytes]);
    if (kind === null) return refuse(offset, 'unknown kind');
    const bodyBytes = end - offset - frameHeaderBytes;
    if (!isBodyLength(kind, bodyBytes))
      return refuse(offset, `${bodyBytes} bytes cannot be a body of this kind`);
    if (end > encoded.length) return refuse(offset, 'the body is cut off');
    const idStart = offset + frameLengthBytes + 1;
    frames.push({
      kind,
      id: encoded.subarray(idStart, idStart + idBytes),
      body: encoded.subarray(offset + frameHeaderBytes, end),
    });
    offset = end;
  }
  return { ok: true, frames };
}

function kindOfByte(byte: number | undefined): FrameKind | null {
  if (byte === kindByte.envelope) return 'envelope';
  return byte === kindByte.pruned ? 'pruned' : null;
}

function isBodyLength(kind: FrameKind, bytes: number): boolean {
  return kind === 'pruned'
    ? bytes === prunedBodyBytes
    : bytes >= envelopeBytesMin && bytes <= envelopeBytesMax;
}

function refuse(offset: number, reason: string): DecodedFrames {
  return { ok: false, reason: `The frame at byte ${offset} is not one: ${reason}.` };
}
