import {
  bytesToHex,
  earliestStamp,
  hashToChunkName,
  limits,
  nextStamp,
  observeStamps,
  stampOnParents,
  packChunkNames,
  randomBytesToUuid,
  type Stamp,
} from '@dataans/core';
import type { ClockFile, OperationFile } from '../shapes.ts';
import { seededBytes } from './bytes.ts';

export function seededUuid(seed: string): string {
  return randomBytesToUuid(seededBytes(`uuid ${seed}`, 16));
}

const header = {
  v: 1,
  device: seededUuid('device'),
  n: 42,
  at: 1_795_344_000_123,
  c: 0,
};

const note = {
  space: seededUuid('space'),
  name: 'tar.md',
  text: '# tar\r\n\nЩоденник 🙂\n',
  files: [seededUuid('file')],
  pinned: false,
};

function operation(entity: string, value: object, changed: object = {}) {
  return { ...header, entity, id: seededUuid(entity), parents: [], deleted: false, ...changed, value };
}

const noteOperation = operation('note', note, { parents: [seededUuid('parent')] });

const fullSpace = { name: 'Work', folder: null, colour: 'teal', icon: '🍋', pinned: true, order: 'a0V' };
const picture = { type: 'image/png', width: 4_000, height: 3_000, preview: 'iVBORw0KGgo' };
const witness = {
  log: seededUuid('log'),
  seq: 57,
  chain: bytesToHex(seededBytes('chain', 32)),
  seen: { [seededUuid('device')]: 42 },
  account: 1,
  program: 'dataans 0.1.0',
};

/** What is written, and what it is taken for. */
const leastValues: Readonly<Record<string, readonly [object, object]>> = {
  space: [{ name: 'Work' }, { name: 'Work', folder: null }],
  note: [{ space: note.space }, { space: note.space, name: '', text: '', files: [], pinned: false }],
  file: [{ name: 'empty' }, { name: 'empty', bytes: 0, chunks: '' }],
  device: [{ name: 'Laptop' }, { name: 'Laptop' }],
};

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

export function makeOperations(): OperationFile {
  const valid = (title: string, of: object, read = of) => ({
    title,
    encoded: JSON.stringify(of),
    read: JSON.stringify(read),
  });
  const refused = (title: string, expect: string, of: unknown) => ({
    title,
    expect,
    encoded: JSON.stringify(of),
  });
  const chunks = packChunkNames([
    hashToChunkName(seededBytes('a', 32)),
    hashToChunkName(seededBytes('b', 32)),
  ]);
  const file = { name: 'picture.png', bytes: 1_234_567, chunks };
  return {
    about: [
      'Operations as they are sealed: JSON in UTF-8.',
      '`read` is what a program writes that passes it on unchanged.',
      'Stages: malformed (no program writes this), not-understood (a newer program may have).',
    ],
    valid: [
      valid('a note', noteOperation),
      valid('a note that is deleted', { ...noteOperation, deleted: true }),
      valid('an empty note', operation('note', { ...note, name: '', text: '', files: [] })),
      valid('a space', operation('space', { name: 'Work', folder: null })),
      valid('a space that was imported', operation('space', { name: 'linux', folder: 'pages/linux' })),
      valid('a file', operation('file', file)),
      valid('an empty file', operation('file', { name: 'empty', bytes: 0, chunks: '' })),
      valid('a device', operation('device', { name: 'Laptop' })),
      valid('members in another order', Object.fromEntries(Object.entries(noteOperation).toReversed())),
      valid('a space with all that a program knows', operation('space', fullSpace)),
      valid('a note of another date', operation('note', { ...note, date: -86_400_000 })),
      valid('a picture', operation('file', { ...file, ...picture })),
      valid('a device with a witness', operation('device', { name: 'Laptop', witness })),
      valid('a note that names a file on its way', { ...noteOperation, waits: 41 }),
      valid('a member of a newer program', { ...noteOperation, signature: 'x' }),
      valid(
        'members of a newer program in the value',
        operation('note', { ...note, tags: ['a', { b: null }], colour: 7 }),
      ),
      ...['space', 'note', 'file', 'device'].map((entity) => {
        const [least, read] = leastValues[entity] ?? [{}, {}];
        return valid(`the least that a ${entity} has`, operation(entity, least), operation(entity, read));
      }),
    ],
    refused: [
      { title: 'not JSON', expect: 'malformed', encoded: JSON.stringify(noteOperation).slice(0, -1) },
      refused('not an object', 'malformed', [noteOperation]),
      refused('no version', 'malformed', { ...noteOperation, v: undefined }),
      refused('a newer version', 'not-understood', { ...noteOperation, v: 2 }),
      refused('an entity that nobody knows', 'not-understood', { ...noteOperation, entity: 'tag' }),
      refused('a member missing', 'malformed', { ...noteOperation, parents: undefined }),
      refused('the space of a note missing', 'malformed', operation('note', { ...note, space: undefined })),
      refused('the name of a space missing', 'malformed', operation('space', { folder: null })),
      refused('a colour that is a number', 'malformed', operation('space', { ...fullSpace, colour: 7 })),
      refused(
        'a colour that is too long',
        'malformed',
        operation('space', { ...fullSpace, colour: 'x'.repeat(limits.signBytesMax + 1) }),
      ),
      refused('half a millisecond as a date', 'malformed', operation('note', { ...note, date: 0.5 })),
      refused('a picture without width', 'malformed', operation('file', { ...file, ...picture, width: 0 })),
      refused(
        'a preview that is no base64url',
        'malformed',
        operation('file', { ...file, ...picture, preview: 'A' }),
      ),
      refused(
        'a witness of half a log',
        'malformed',
        operation('device', { name: 'Laptop', witness: { ...witness, chain: undefined } }),
      ),
      refused('arrays in arrays without end', 'malformed', {
        ...noteOperation,
        later: nested(limits.operationDepthMax),
      }),
      refused('an id in upper case', 'malformed', { ...noteOperation, id: noteOperation.id.toUpperCase() }),
      refused('a number of zero', 'malformed', { ...noteOperation, n: 0 }),
      refused('a wait for itself', 'malformed', { ...noteOperation, waits: header.n }),
      refused('half a millisecond', 'malformed', { ...noteOperation, at: 0.5 }),
      refused('a counter beyond its end', 'malformed', { ...noteOperation, c: limits.clockCounterMax + 1 }),
      refused('half a surrogate pair', 'malformed', operation('note', { ...note, text: '\ud83d' })),
      refused(
        'fewer chunks than the size needs',
        'malformed',
        operation('file', { ...file, bytes: 2_100_000 }),
      ),
      refused('more chunks than the size needs', 'malformed', operation('file', { ...file, bytes: 900_000 })),
      refused('chunk names cut off', 'malformed', operation('file', { ...file, chunks: chunks.slice(1) })),
    ],
  };
}

export function makeClock(): ClockFile {
  const nowMs = header.at;
  const stamp = (aheadMs: number, c: number): Stamp => ({ at: nowMs + aheadMs, c });
  const valid = (title: string, last: Stamp, seen: readonly Stamp[], latestParent: Stamp | null = null) => {
    const observed = observeStamps(last, seen, nowMs);
    const next = nextStamp(observed, nowMs);
    const stamped = stampOnParents(next, latestParent);
    return { title, last, seen, nowMs, observed, next, latestParent, stamp: stamped };
  };
  const lastOfAll: Stamp = { at: Number.MAX_SAFE_INTEGER, c: limits.clockCounterMax };
  return {
    about: [
      'The hybrid clock: what a device sees moves it, and the next operation is stamped after that,',
      'and after its parents, whose stamps do not move it.',
    ],
    valid: [
      valid('the first operation of all', earliestStamp, []),
      valid('in the same millisecond', stamp(0, 4), []),
      valid('after the clock was set back', stamp(60_000, 4), []),
      valid('a counter at its end', stamp(0, limits.clockCounterMax), []),
      valid('the greatest of several', stamp(-10, 0), [stamp(5, 1), stamp(5, 3), stamp(4, 9)]),
      valid('older ones', stamp(0, 0), [stamp(-5, 1)]),
      valid('five minutes ahead', stamp(0, 0), [stamp(limits.clockDriftMaxMs, 2)]),
      valid('more than five minutes ahead', stamp(0, 0), [stamp(limits.clockDriftMaxMs + 1, 2), stamp(1, 0)]),
      valid('made on what was stamped before', stamp(-10, 0), [], stamp(-5, 9)),
      valid('made on what was stamped by the same clock', stamp(0, 4), [], stamp(0, 4)),
      valid('made on what a clock ahead stamped', stamp(-10, 0), [], stamp(86_400_000, 2)),
      valid('made on a counter at its end', stamp(-10, 0), [], stamp(1, limits.clockCounterMax)),
      valid('made on the last stamp of all', stamp(-10, 0), [], lastOfAll),
    ],
    refused: [],
  };
}
