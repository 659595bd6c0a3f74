import {
  bytesToHex,
  bytesToJson,
  decodeFrames,
  encodeFrames,
  headHeader,
  utf8ToBytes,
  type Frame,
  type Hash,
} from '@dataans/core';
import type { TransportRequest } from '@dataans/client';
import type { Chance } from '../../world/chance.ts';
import type { WireAnswer } from './tell-server.ts';

/** A whole answer of the server, and what was asked. */
export interface Told {
  readonly request: TransportRequest;
  /** `GET /v1/operations` and the like, without a query and without names and numbers. */
  readonly line: string;
  readonly status: number;
  readonly headers: WireAnswer['header'];
  readonly body: Uint8Array;
  readonly hash: Hash;
}

/** An answer with something changed; `null` where this lie does not fit the question. */
export type Lie = (told: Told, chance: Chance) => Changed | null;

export interface Changed {
  readonly status?: number;
  readonly body?: Uint8Array;
  readonly head?: number;
}

const page = (change: (frames: readonly Frame[], chance: Chance) => readonly Frame[] | null): Lie => {
  return ({ line, status, body }, chance) => {
    if (line !== 'GET /v1/operations' || status !== 200) return null;
    const decoded = decodeFrames(body);
    if (!decoded.ok || decoded.frames.length === 0) return null;
    const changed = change(decoded.frames, chance);
    return changed === null ? null : { body: encodeFrames(changed) };
  };
};

const head = (change: (head: number, chance: Chance) => number): Lie => {
  return ({ line, status, headers }, chance) => {
    const honest = Number(headers(headHeader));
    return line === 'GET /v1/operations' && status === 200
      ? { head: Math.max(0, change(honest, chance)) }
      : null;
  };
};

const member = (path: string, name: string, change: (value: unknown, chance: Chance) => unknown): Lie => {
  return ({ line, status, body }, chance) => {
    if (line !== path || status !== 200) return null;
    const message = bytesToJson(body) as Readonly<Record<string, unknown>>; // What the server sends is an object.
    return { body: utf8ToBytes(JSON.stringify({ ...message, [name]: change(message[name], chance) })) };
  };
};

const problem = (path: string, status: number, code: string): Lie => {
  return ({ line }) =>
    line === path
      ? {
          status,
          body: utf8ToBytes(
            JSON.stringify({ type: `urn:${code}`, title: code, status, code, detail: 'No.' }),
          ),
        }
      : null;
};

const anotherChain = (_: unknown, chance: Chance): string => bytesToHex(chance.bytes(32));

/** What a server can say that is not so. */
export const lies: Readonly<Record<string, Lie>> = {
  'an altered entry': page((frames, chance) =>
    replaceOne(frames, chance, (frame) => ({ ...frame, body: flipByte(frame.body, chance) })),
  ),
  'an entry under another id': page((frames, chance) =>
    replaceOne(frames, chance, (frame) => ({ ...frame, id: chance.bytes(16) })),
  ),
  'an entry as if it were pruned': ({ hash, ...told }, chance) =>
    page((frames) =>
      replaceOne(frames, chance, (frame) => ({
        ...frame,
        kind: 'pruned',
        body: flipByte(hash(frame.body), chance),
      })),
    )({ hash, ...told }, chance),
  'an entry that is held back': ({ hash, ...told }, chance) =>
    page((frames) =>
      replaceOne(frames, chance, (frame) =>
        frame.kind === 'pruned' ? frame : { ...frame, kind: 'pruned', body: hash(frame.body) },
      ),
    )({ hash, ...told }, chance),
  'entries in another order': page((frames) => {
    const [first, second, ...rest] = frames;
    return first === undefined || second === undefined ? null : [second, first, ...rest];
  }),
  'an entry left out': page((frames, chance) => {
    const place = chance.below(frames.length);
    return frames.length < 2 ? null : frames.filter((_, index) => index !== place);
  }),
  'an entry twice': page((frames, chance) => {
    const place = chance.below(frames.length);
    return frames
      .flatMap((frame, index) => (index === place ? [frame, frame] : [frame]))
      .slice(0, frames.length);
  }),
  'a page that is cut off': ({ line, body }, chance) =>
    line === 'GET /v1/operations' && body.length > 1
      ? { body: body.subarray(0, chance.between(1, body.length - 1)) }
      : null,
  'a lower head': head((honest, chance) => honest - chance.between(1, 9)),
  'a higher head': head((honest, chance) => honest + chance.between(1, 9)),
  'another log at the cursor': problem('GET /v1/operations', 409, 'log-diverged'),
  'another chain after a batch': member('POST /v1/operations', 'chain', anotherChain),
  'another chain of the log': member('GET /v1/log', 'chain', anotherChain),
  'another chain at a position': member('GET /v1/log/*', 'chain', anotherChain),
  'a position that is not there': problem('GET /v1/log/*', 404, 'not-found'),
  'a batch that was stored before': member('POST /v1/operations', 'already', () => [0]),
  'no operation missing': member('POST /v1/operations/missing', 'ids', () => []),
  'an altered chunk': ({ line, status, body }, chance) =>
    line === 'GET /v1/chunks/*' && status === 200 ? { body: flipByte(body, chance) } : null,
  'a chunk that is not there': problem('GET /v1/chunks/*', 404, 'not-found'),
};

function replaceOne(
  frames: readonly Frame[],
  chance: Chance,
  change: (frame: Frame) => Frame,
): readonly Frame[] {
  const place = chance.below(frames.length);
  return frames.map((frame, index) => (index === place ? change(frame) : frame));
}

function flipByte(bytes: Uint8Array, chance: Chance): Uint8Array {
  const flipped = bytes.slice();
  const place = chance.below(bytes.length);
  flipped[place] = (flipped[place] ?? 0) ^ (1 << chance.below(8));
  return flipped;
}
