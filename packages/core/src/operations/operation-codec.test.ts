import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytesToUtf8, utf8ToBytes } from '../bytes/bytes.ts';
import {
  clockCounterMax,
  fileBytesMax,
  mediaTypeBytesMax,
  nameBytesMax,
  noteDateMaxMs,
  noteFilesMax,
  operationBytesMax,
  operationDepthMax,
  orderBytesMax,
  parentsMax,
  pixelsMax,
  previewBytesMax,
  programBytesMax,
  sealedOverheadBytes,
  signBytesMax,
  witnessDevicesMax,
} from '../limits.ts';
import { noteRevision, revisionId } from '../merge/histories.arbitrary.ts';
import { countPieces } from '../sealing/file-layout.ts';
import { splitSealed } from '../keys/sealed.ts';
import { decodeOperation, readerVersion } from './decode-operation.ts';
import { encodeOperation } from './encode-operation.ts';
import { entityKinds, type AnyOperation } from './operation.ts';
import { anyOperation } from './operations.arbitrary.ts';
import { completeOperation } from './read-value.ts';

const note = noteRevision(1, {
  parents: [revisionId(0)],
  value: { name: 'a.md', text: 'hello\n' },
}).operation;

function decodeJson(value: unknown) {
  return decodeOperation(utf8ToBytes(JSON.stringify(value)));
}

function codeOf(value: unknown): string {
  const decoded = decodeJson(value);
  return decoded.ok ? 'ok' : decoded.code;
}

function encode(operation: AnyOperation): Uint8Array {
  const encoded = encodeOperation(operation);
  assert.ok(encoded.ok);
  return encoded.encoded;
}

test('[OPR-1] every operation comes back as it was', () => {
  fc.assert(
    fc.property(anyOperation, (operation) => {
      assert.deepEqual(decodeOperation(encode(operation)), { ok: true, operation });
    }),
    { numRuns: 500 },
  );
});

test('[OPR-1] an operation is JSON without blanks, in UTF-8', () => {
  assert.equal(bytesToUtf8(encode(note)), JSON.stringify(note));
});

test('[OPR-1] a member that is missing or of another type makes it malformed', () => {
  for (const member of ['device', 'n', 'at', 'c', 'id', 'parents', 'deleted', 'value'] as const) {
    const { [member]: _, ...rest } = note;
    assert.equal(codeOf(rest), 'malformed', member);
    for (const wrong of [null, 'text', -1, 1.5, 2 ** 53, {}, [1]])
      assert.equal(codeOf({ ...note, [member]: wrong }), 'malformed', `${member}: ${JSON.stringify(wrong)}`);
  }
  for (const member of ['space', 'name', 'text', 'files', 'pinned']) {
    for (const wrong of [null, 7, {}, ['a']])
      assert.equal(codeOf({ ...note, value: { ...note.value, [member]: wrong } }), 'malformed', member);
  }
});

test('[OPR-1] of a value the first member is required, and others that are missing are taken for nothing', () => {
  const of = (entity: string, value: object) => decodeJson({ ...note, entity, value });
  for (const entity of entityKinds) assert.deepEqual(of(entity, {}), { ok: false, code: 'malformed' });
  const read = (entity: string, value: object) => {
    const decoded = of(entity, value);
    return decoded.ok ? decoded.operation.value : decoded.code;
  };
  const { space } = note.value;
  assert.deepEqual(read('space', { name: 'a' }), { name: 'a', folder: null });
  assert.deepEqual(read('note', { space }), { space, name: '', text: '', files: [], pinned: false });
  assert.deepEqual(read('file', { name: 'a' }), { name: 'a', bytes: 0, chunks: '' });
  assert.deepEqual(read('device', { name: 'a' }), { name: 'a' });
});

test('[OPR-1] what was stored with members missing is read the same again', () => {
  const { space } = note.value;
  const stored = { ...note, value: { space } } as AnyOperation;
  const decoded = decodeJson(stored);
  assert.ok(decoded.ok);
  assert.deepEqual(completeOperation(stored), decoded.operation);
  assert.equal(completeOperation(note), note);
});

const witness = {
  log: revisionId(0),
  seq: 7,
  chain: 'ab'.repeat(32),
  seen: { [revisionId(1)]: 3 },
  account: null,
  program: 'dataans 0.1.0',
};

test('[LIM-5] an optional member at its bound is read, and beyond it or of another type it is malformed', () => {
  const file = { name: 'a', bytes: 0, chunks: '' };
  const cases: readonly (readonly [string, object, string, readonly unknown[], readonly unknown[]])[] = [
    ['space', { name: 'a' }, 'folder', [null, ''], [7, '\ud83d']],
    [
      'space',
      { name: 'a' },
      'colour',
      [null, 'ї'.repeat(signBytesMax / 2)],
      [7, 'a'.repeat(signBytesMax + 1)],
    ],
    ['space', { name: 'a' }, 'icon', [null, '🍋'], [{}, '🍋'.repeat(signBytesMax / 4 + 1)]],
    ['space', { name: 'a' }, 'pinned', [true, false], [null, 1]],
    ['space', { name: 'a' }, 'order', [null, 'a'.repeat(orderBytesMax)], [1, 'a'.repeat(orderBytesMax + 1)]],
    ['note', note.value, 'date', [null, 0, -noteDateMaxMs, noteDateMaxMs], [0.5, noteDateMaxMs + 2, '2026']],
    ['file', file, 'type', ['', 'image/png'], [null, 'a'.repeat(mediaTypeBytesMax + 1)]],
    ['file', file, 'width', [1, pixelsMax], [0, 1.5, pixelsMax + 1, null]],
    ['file', file, 'height', [1, pixelsMax], [0, 1.5, pixelsMax + 1, null]],
    ['file', file, 'preview', ['', preview(previewBytesMax)], [null, 'A', '=', preview(previewBytesMax + 1)]],
    ['device', { name: 'a' }, 'witness', [witness, { ...witness, account: 3, later: [1] }], [null, {}, []]],
  ];
  for (const [entity, value, member, taken, refused] of cases) {
    const read = (content: unknown) => codeOf({ ...note, entity, value: { ...value, [member]: content } });
    for (const content of taken) assert.equal(read(content), 'ok', `${member}: ${JSON.stringify(content)}`);
    for (const content of refused)
      assert.equal(read(content), 'malformed', `${member}: ${JSON.stringify(content)}`);
  }
});

function preview(bytes: number): string {
  return Buffer.alloc(bytes).toString('base64url');
}

test('[LIM-5] a witness says what it has seen in full, of so many devices and no more', () => {
  const read = (changed: object) =>
    codeOf({ ...note, entity: 'device', value: { name: 'a', witness: { ...witness, ...changed } } });
  const seen = (devices: number) =>
    Object.fromEntries(Array.from({ length: devices }, (_, number) => [revisionId(number), number]));
  assert.equal(read({ seen: seen(witnessDevicesMax) }), 'ok');
  assert.equal(read({ seen: seen(witnessDevicesMax + 1) }), 'malformed');
  assert.equal(read({ program: 'a'.repeat(programBytesMax) }), 'ok');
  assert.equal(read({ program: 'a'.repeat(programBytesMax + 1) }), 'malformed');
  for (const wrong of [
    { log: 'log' },
    { seq: -1 },
    { chain: 'ab' },
    { chain: 'AB'.repeat(32) },
    { seen: [] },
    { seen: { laptop: 1 } },
    { seen: { [revisionId(1)]: -1 } },
    { account: '1' },
    { program: null },
  ])
    assert.equal(read(wrong), 'malformed', JSON.stringify(wrong));
});

test('[LIM-5] a colour, an icon, an order or a media type beyond its bound is refused with its size', () => {
  const refusal = (entity: string, value: object) => {
    const encoded = encodeOperation({ ...note, entity, value } as AnyOperation);
    return encoded.ok ? 'ok' : [encoded.what, encoded.size, encoded.max];
  };
  const space = { name: 'a', folder: null };
  const file = { name: 'a', bytes: 0, chunks: '' };
  assert.equal(refusal('space', { ...space, colour: null, icon: 'a'.repeat(signBytesMax) }), 'ok');
  assert.deepEqual(refusal('space', { ...space, colour: 'ї'.repeat(40) }), ['The colour', 80, signBytesMax]);
  assert.deepEqual(refusal('space', { ...space, icon: 'a'.repeat(65) }), ['The icon', 65, signBytesMax]);
  assert.deepEqual(refusal('space', { ...space, order: 'a'.repeat(257) }), ['The order', 257, orderBytesMax]);
  assert.deepEqual(refusal('file', { ...file, type: 'a'.repeat(256) }), [
    'The media type',
    256,
    mediaTypeBytesMax,
  ]);
});

test('[LIM-6] an operation nested too deep is malformed, whether it nests arrays or objects', () => {
  const nest = (depth: number, around: (inner: unknown) => unknown): unknown =>
    depth === 0 ? 1 : around(nest(depth - 1, around));
  for (const around of [(inner: unknown) => [inner], (inner: unknown) => ({ inner })]) {
    const read = (depth: number) => codeOf({ ...note, value: { ...note.value, later: nest(depth, around) } });
    assert.equal(read(operationDepthMax - 2), 'ok');
    assert.equal(read(operationDepthMax - 1), 'malformed');
  }
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  const encoded = JSON.stringify({ ...note, later: 0 }).replace('"later":0', `"later":${deep}`);
  assert.deepEqual(decodeOperation(utf8ToBytes(encoded)), { ok: false, code: 'malformed' });
});

test('[OPR-1] a text with half a surrogate pair is malformed', () => {
  assert.equal(codeOf({ ...note, value: { ...note.value, text: '\ud83d' } }), 'malformed');
});

test('[OPR-2] parents are operation ids, at most as many as the limit says', () => {
  const parents = Array.from({ length: parentsMax + 1 }, (_, number) => revisionId(number));
  assert.equal(codeOf({ ...note, parents: parents.slice(1) }), 'ok');
  assert.equal(codeOf({ ...note, parents }), 'malformed');
  assert.equal(codeOf({ ...note, parents: ['0'] }), 'malformed');
});

test('[OPR-3] the number starts at 1, and the counter ends at its limit', () => {
  assert.equal(codeOf({ ...note, n: 0 }), 'malformed');
  assert.equal(codeOf({ ...note, n: 1 }), 'ok');
  assert.equal(codeOf({ ...note, c: clockCounterMax }), 'ok');
  assert.equal(codeOf({ ...note, c: clockCounterMax + 1 }), 'malformed');
});

test('[OPR-4] another version or an unknown entity is not understood, whatever else it says', () => {
  assert.equal(codeOf({ ...note, v: 2 }), 'not-understood');
  assert.equal(codeOf({ v: 2 }), 'not-understood');
  assert.equal(codeOf({ ...note, entity: 'tag' }), 'not-understood');
});

test('[OPR-7] members that a newer program added are read as they are, of the operation and of its value', () => {
  const newer = { ...note, signature: 'x', value: { ...note.value, tags: ['a', { b: null }] } };
  assert.deepEqual(decodeJson(newer), { ok: true, operation: newer });
  const encoded = JSON.stringify(newer).replace('"tags"', '"__proto__":{"name":"x"},"tags"');
  const decoded = decodeOperation(utf8ToBytes(encoded));
  assert.ok(decoded.ok);
  assert.equal(bytesToUtf8(encode(decoded.operation)), encoded);
});

test('[OPR-7] members of another kind of entity are like any that are not known', () => {
  assert.equal(codeOf({ ...note, entity: 'device' }), 'ok');
  assert.equal(codeOf({ ...note, entity: 'device', value: { name: 'a', text: 7, chunks: null } }), 'ok');
  assert.equal(codeOf({ ...note, entity: 'space', value: { ...note.value, pinned: 1 } }), 'malformed');
});

test('[OPR-4] bytes of any kind are refused, and never break the reader', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => assert.equal(decodeOperation(bytes).ok, false)),
    { numRuns: 1_000 },
  );
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => assert.equal(decodeJson(value).ok, false)),
    { numRuns: 500 },
  );
  for (const value of [
    null,
    7,
    'text',
    [],
    {},
    { v: '1' },
    { v: 1 },
    { v: 1, entity: 7 },
    { v: 1, entity: 'note' },
  ])
    assert.equal(codeOf(value), 'malformed', JSON.stringify(value));
});

test('[OPR-4] an operation with any byte changed never breaks the reader', () => {
  fc.assert(
    fc.property(anyOperation, fc.nat(), fc.nat(255), (operation, place, value) => {
      const encoded = encode(operation);
      encoded[place % encoded.length] = value;
      const decoded = decodeOperation(encoded);
      assert.ok(decoded.ok || ['malformed', 'not-understood'].includes(decoded.code));
    }),
    { numRuns: 500 },
  );
});

test('[OPR-6] what is read belongs to a reader version: to read more takes a higher one', () => {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const sealed = (version: number) => Uint8Array.of(version, ...new Uint8Array(sealedOverheadBytes));
  assert.deepEqual(
    {
      readerVersion,
      operations: bytes.filter((v) => codeOf({ ...note, v }) === 'ok'),
      entities: entityKinds,
      envelopes: bytes.filter((version) => splitSealed(sealed(version)).ok),
      unknownMembers: codeOf({ ...note, later: 1, value: { ...note.value, later: 1 } }),
    },
    {
      readerVersion: 2,
      operations: [1],
      entities: ['space', 'note', 'file', 'device'],
      envelopes: [1],
      unknownMembers: 'ok',
    },
  );
});

test('[CHK-5] a file whose chunk names are not those of its size is malformed', () => {
  const chunks = Buffer.alloc(64).toString('base64url');
  const file = (value: unknown) => ({ ...note, entity: 'file', value });
  assert.equal(codeOf(file({ name: 'a', bytes: 1_000_001, chunks })), 'ok');
  assert.equal(codeOf(file({ name: 'a', bytes: 900_000, chunks })), 'malformed');
  assert.equal(codeOf(file({ name: 'a', bytes: 2_100_000, chunks })), 'malformed');
  assert.equal(codeOf(file({ name: 'a', bytes: 0, chunks: '' })), 'ok');
  assert.equal(codeOf(file({ name: 'a', bytes: 1_000_001, chunks: chunks.slice(1) })), 'malformed');
});

test('[CHK-6] a file is read with chunks for its padding, and with none as they were made before', () => {
  const file = (bytes: number, pieces: number) =>
    codeOf({
      ...note,
      entity: 'file',
      value: { name: 'a', bytes, chunks: Buffer.alloc(32 * pieces).toString('base64url') },
    });
  assert.deepEqual(
    [39, 40, 41, 42].map((pieces) => file(40_000_000, pieces)),
    ['malformed', 'ok', 'ok', 'malformed'],
  );
});

test('[LIM-2] a file of the largest size is read, a larger one is not', () => {
  const file = (bytes: number) => ({
    ...note,
    entity: 'file',
    value: { name: 'a', bytes, chunks: Buffer.alloc(32 * countPieces(bytes)).toString('base64url') },
  });
  assert.equal(codeOf(file(fileBytesMax)), 'ok');
  assert.equal(codeOf(file(fileBytesMax + 1)), 'malformed');
});

test('[LIM-3] a name, parents, files or a whole beyond its limit is refused with its size, one at it is not', () => {
  const files = Array.from({ length: noteFilesMax + 1 }, () => note.id);
  const parents = Array.from({ length: parentsMax + 1 }, (_, number) => revisionId(number));
  const overhead = encode({ ...note, value: { ...note.value, text: '' } }).length;
  const withValue = (value: object) => ({ ...note, value: { ...note.value, ...value } }) as AnyOperation;
  const atLimit = [
    withValue({ name: 'ї'.repeat(nameBytesMax / 2) }),
    withValue({ name: 'a'.repeat(nameBytesMax) }),
    withValue({ files: files.slice(1) }),
    withValue({ text: 'a'.repeat(operationBytesMax - overhead) }),
    { ...note, parents: parents.slice(1) } as AnyOperation,
  ];
  for (const operation of atLimit) assert.equal(encodeOperation(operation).ok, true);
  const refused = (what: string, size: number, max: number) => ({
    ok: false,
    code: 'too-large',
    what,
    size,
    max,
  });
  assert.deepEqual(
    encodeOperation(withValue({ name: 'a'.repeat(nameBytesMax + 1) })),
    refused('The name', nameBytesMax + 1, nameBytesMax),
  );
  assert.deepEqual(
    encodeOperation(withValue({ name: 'ї'.repeat(nameBytesMax / 2 + 1) })),
    refused('The name', nameBytesMax + 2, nameBytesMax),
  );
  assert.deepEqual(
    encodeOperation(withValue({ files })),
    refused('The list of files', noteFilesMax + 1, noteFilesMax),
  );
  assert.deepEqual(
    encodeOperation({ ...note, parents }),
    refused('The list of parents', parentsMax + 1, parentsMax),
  );
  assert.deepEqual(
    encodeOperation(withValue({ text: 'a'.repeat(operationBytesMax - overhead + 1) })),
    refused('The note', operationBytesMax + 1, operationBytesMax),
  );
});
