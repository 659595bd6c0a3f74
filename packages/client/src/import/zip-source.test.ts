import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { SourceFault } from './folder-source.ts';
import { openZipSource } from './zip-source.ts';

type Packed = Readonly<Record<string, string | Uint8Array>>;

async function pack(
  tree: Packed,
  options: { readonly unixMode?: number; readonly level?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const [path, content] of Object.entries(tree))
    await zip.add(path, new Uint8ArrayReader(toBytes(content)), { ...options, useWebWorkers: false });
  return (await zip.close()).slice();
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** The archive with other bytes in the place of these, wherever they stand. */
function replace(archive: Uint8Array<ArrayBuffer>, from: string | Uint8Array, to: string | Uint8Array): Blob {
  const [hexFrom, hexTo] = [from, to].map((one) => Buffer.from(toBytes(one)).toString('latin1'));
  const changed = Buffer.from(archive)
    .toString('latin1')
    .replaceAll(hexFrom ?? '', hexTo ?? '');
  return new Blob([Buffer.from(changed, 'latin1')]);
}

async function listPaths(archive: Blob, name = 'notes'): Promise<readonly string[]> {
  const source = await openZipSource(name, archive);
  const paths: string[] = [];
  for await (const { path, files } of source.folders())
    for (const file of files) paths.push(path === '' ? file.name : `${path}/${file.name}`);
  return paths;
}

async function readOne(archive: Blob, path: string): Promise<string> {
  const content = await (await openZipSource('notes', archive)).openFile(path);
  assert.ok(content !== null);
  return Buffer.concat(await Array.fromAsync(content.pieces())).toString();
}

test('[IMP-14] an archive is the folder that was packed, without what macOS adds', async () => {
  const archive = new Blob([
    await pack({ 'a.md': 'A', 'b/ї.md': 'B', 'b/empty.md': '', '__MACOSX/b/._ї.md': 'x' }),
  ]);
  assert.deepEqual(await listPaths(archive), ['a.md', 'b/empty.md', 'b/ї.md']);
  assert.equal(await readOne(archive, 'b/ї.md'), 'B');
  assert.equal(await readOne(archive, 'b/ї.md'), 'B');
  assert.equal(await (await openZipSource('notes', archive)).openFile('c.md'), null);
});

test('[IMP-14] a folder that was packed as a whole is that folder', async () => {
  const archive = new Blob([await pack({ 'notes/a.md': 'A', 'notes/b/c.md': 'C' })]);
  assert.deepEqual(await listPaths(archive), ['a.md', 'b/c.md']);
  assert.equal((await openZipSource('notes', archive)).name, 'notes');
  // An export with one space lies in one folder too.
  assert.deepEqual(await listPaths(archive, 'Dataans'), ['notes/a.md', 'notes/b/c.md']);
  const json = new Blob([await pack({ 'x/dataans-export.json': '{}', 'x/notes.jsonl': '' })]);
  assert.deepEqual(await listPaths(json, 'Dataans'), ['dataans-export.json', 'notes.jsonl']);
});

for (const path of ['../a.md', '/a.md', 'b/../../a.md', 'b//a.md', './a.md', 'b/\0.md'])
  test(`[IMP-14] an archive with the path ${JSON.stringify(path)} is refused`, async () => {
    const archive = replace(await pack({ ['x'.repeat(path.length)]: 'A' }), 'x'.repeat(path.length), path);
    await assert.rejects(openZipSource('notes', archive), { code: 'invalid', message: /outside/ });
  });

test('[IMP-14] an archive with two files of one path is refused', async () => {
  const archive = replace(await pack({ 'aa.md': 'A', 'bb.md': 'B' }), 'bb.md', 'aa.md');
  await assert.rejects(openZipSource('notes', archive), { code: 'invalid', message: /Two of its files/ });
});

test('[IMP-14] an archive that would fill the disk is refused before anything of it is read', async () => {
  const archive = new Blob([await pack({ 'a.bin': new Uint8Array(30_000_000) })]);
  await assert.rejects(openZipSource('notes', archive), { code: 'invalid', message: /times as large/ });
});

test('[IMP-14] a file that holds more or less than the archive says is left out', async () => {
  const packed = await pack({ 'a.md': 'x'.repeat(0x1234) });
  const lengths = [0x1233, 0x1235].map((length) => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, length, true);
    return bytes;
  });
  for (const length of lengths) {
    const archive = replace(packed, new Uint8Array([0x34, 0x12, 0, 0]), length);
    await assert.rejects(readOne(archive, 'a.md'), SourceFault);
  }
});

test('[IMP-14] a file whose bytes were changed in the archive is left out', async () => {
  const packed = await pack({ 'a.bin': 'the very words' }, { level: 0 });
  assert.equal(await readOne(new Blob([packed]), 'a.bin'), 'the very words');
  const archive = replace(packed, 'the very', 'the vary');
  await assert.rejects(readOne(archive, 'a.bin'), SourceFault);
});

test('[IMP-14] a link in an archive leads nowhere', async () => {
  const archive = new Blob([await pack({ 'a.md': '/etc/passwd' }, { unixMode: 0o120_777 })]);
  await assert.rejects(readOne(archive, 'a.md'), { name: 'SourceFault', reason: 'not-a-file' });
});

test('[IMP-14] what is no archive is said to be none', async () => {
  for (const content of ['', 'PK', 'not a zip'.repeat(1_000)])
    await assert.rejects(openZipSource('notes', new Blob([content])), {
      code: 'invalid',
      message: /not a zip archive/,
    });
});
