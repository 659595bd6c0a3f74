import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytesToUtf8, utf8ToBytes } from '../bytes/bytes.ts';
import {
  clockCounterMax,
  fileBytesMax,
  nameBytesMax,
  noteFilesMax,
  operationBytesMax,
  parentsMax,
  sealedOverheadBytes,
} from '../limits.ts';
import { noteRevision, revisionId } from '../merge/histories.arbitrary.ts';
import { countPieces } from '../sealing/chunk.ts';
import { splitSealed } from '../sealing/sealed.ts';
import { decodeOperation, readerVersion } from './decode-operation.ts';
import { encodeOperation } from './encode-operation.ts';
import { entityKinds, type AnyOperation } from './operation.ts';
import { anyOperation } from './operations.arbitrary.ts';

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
    const { [member]: _, ...rest } = { ...note.value } as Record<string, unknown>;
    assert.equal(codeOf({ ...note, value: rest }), 'malformed', member);
    for (const wrong of [null, 7, {}, ['a']])
      assert.equal(codeOf({ ...note, value: { ...note.value, [member]: wrong } }), 'malformed', member);
  }
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

test('[OPR-4] what a newer program wrote is not understood, rather than read in part', () => {
  assert.equal(codeOf({ ...note, v: 2 }), 'not-understood');
  assert.equal(codeOf({ v: 2 }), 'not-understood');
  assert.equal(codeOf({ ...note, entity: 'tag' }), 'not-understood');
  assert.equal(codeOf({ ...note, color: 'red' }), 'not-understood');
  assert.equal(codeOf({ ...note, value: { ...note.value, color: 'red' } }), 'not-understood');
});

test('[OPR-4] members of another kind of entity are not understood either', () => {
  assert.equal(codeOf({ ...note, entity: 'device' }), 'not-understood');
  assert.equal(codeOf({ ...note, entity: 'space' }), 'malformed');
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
    },
    { readerVersion: 1, operations: [1], entities: ['space', 'note', 'file', 'device'], envelopes: [1] },
  );
});

test('[CHK-5] a file whose chunk names are not those of its size is malformed', () => {
  const chunks = Buffer.alloc(64).toString('base64url');
  const file = (value: unknown) => ({ ...note, entity: 'file', value });
  assert.equal(codeOf(file({ name: 'a', bytes: 1_000_001, chunks })), 'ok');
  assert.equal(codeOf(file({ name: 'a', bytes: 2_000_000, chunks })), 'ok');
  assert.equal(codeOf(file({ name: 'a', bytes: 1_000_000, chunks })), 'malformed');
  assert.equal(codeOf(file({ name: 'a', bytes: 2_000_001, chunks })), 'malformed');
  assert.equal(codeOf(file({ name: 'a', bytes: 0, chunks: '' })), 'ok');
  assert.equal(codeOf(file({ name: 'a', bytes: 1_000_001, chunks: chunks.slice(1) })), 'malformed');
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
