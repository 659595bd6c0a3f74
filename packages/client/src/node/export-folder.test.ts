import assert from 'node:assert/strict';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { DataansError, limits, randomBytesToUuid, type EntityId } from '@dataans/core';
import fc from 'fast-check';
import { planPaths } from '../export/plan-paths.ts';
import { createNodePrimitives } from './primitives.ts';
import {
  makeFolder,
  openTestNotes,
  readTree,
  writeTree,
  type TestNotes,
  type Tree,
} from '../testing/test-notes.ts';

async function exportTree(t: TestContext, notes: TestNotes): Promise<Readonly<Record<string, string>>> {
  const out = join(await makeFolder(t), 'out');
  await notes.exportTo(out);
  return readTree(out);
}

async function exportTexts(t: TestContext, notes: TestNotes): Promise<Readonly<Record<string, string>>> {
  const tree = await exportTree(t, notes);
  return Object.fromEntries(
    Object.entries(tree).map(([path, content]) => [path, Buffer.from(content, 'base64').toString()]),
  );
}

async function attach(notes: TestNotes, name: string, content: string): Promise<EntityId> {
  const bytes = Buffer.from(content);
  const sealed = await notes.files.seal({
    bytes: bytes.length,
    pieces: async function* whole() {
      await Promise.resolve();
      yield bytes;
    },
  });
  const id = randomBytesToUuid<EntityId>(createNodePrimitives().randomBytes(16));
  const value = { name, ...sealed };
  await notes.notebook.record(() => [{ entity: 'file', id, parents: [], deleted: false, value }]);
  return id;
}

const odd: Tree = {
  'a.md': '# A\n',
  'no end.md': 'a\r\nb',
  'bom.md': '\ufeffx',
  'empty.md': '',
  empty: '',
  'Tar.md': 'one',
  'tar.md': 'other',
  'latin.md': Uint8Array.of(0xe9, 0x0a),
  'dir/sub/deep/picture.png': Uint8Array.of(1, 2, 0, 255),
  'dir/sub/.hidden': 'h',
  'dir/con.md': 'reserved elsewhere',
  'dir/a:b*c?"<>|\\ .': 'characters',
  'dir/ї 🗒.md': 'unicode',
  'dir/и\u0306.md': 'decomposed',
  'dir/й.md': 'composed',
  'dir/line\nend.md': 'newline',
  [`dir/${'x'.repeat(252)}.md`]: 'longest',
  'large.md': 'x'.repeat(limits.pieceBytesMax + 5),
};

test('[EXP-1] what was imported comes out the same, at the same path', async (t) => {
  const folder = join(await makeFolder(t), 'notes');
  const tree = process.platform === 'linux' ? odd : { 'a.md': 'a', 'dir/b.png': 'b' };
  await writeTree(folder, tree);
  const notes = await openTestNotes(t);
  await notes.importFrom(folder);
  assert.deepEqual(await exportTree(t, notes), await readTree(folder));
});

const fileName = fc
  .array(fc.constantFrom('a', 'B', 'ї', ' ', '.', '..', '.md', '(2)', '-', '\\', '🗒'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''))
  .filter((name) => name !== '.' && name !== '..');
/** Names of folders end like no file's, so that none has to be both. */
const anyTree = fc.dictionary(
  fc
    .tuple(
      fc.array(
        fileName.map((name) => `${name}~`),
        { maxLength: 3 },
      ),
      fileName,
    )
    .map(([above, name]) => [...above, name].join('/')),
  fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.uint8Array({ maxLength: 20 })),
  { minKeys: 1, maxKeys: 8, noNullPrototype: true },
);

test('[EXP-1] [IMP-4] exporting what was imported gives it back, and importing that again changes nothing', async (t) => {
  if (process.platform !== 'linux') return t.skip('the file system folds names');
  await fc.assert(
    fc.asyncProperty(anyTree, async (tree) => {
      const folder = join(await makeFolder(t), 'notes');
      const out = join(await makeFolder(t), 'notes');
      await writeTree(folder, tree);
      const notes = await openTestNotes(t);
      await notes.importFrom(folder);
      await notes.exportTo(out);
      assert.deepEqual(await readTree(out), await readTree(folder));
      const { n } = notes.store.log.writer();
      await notes.importFrom(out);
      assert.equal(notes.store.log.writer().n, n);
    }),
    { numRuns: 10 },
  );
});

test('[EXP-2] other notes are named by their first words, and their files lie beside them', async (t) => {
  const notes = await openTestNotes(t);
  const { id: space } = await notes.notebook.addSpace('Ideas');
  const files = [await attach(notes, 'plan.txt', 'plan'), await attach(notes, 'plan.txt', 'other')];
  await notes.notebook.addNote({ space, text: '# A boat\n\nor two', files });
  await notes.notebook.addNote({ space });
  assert.deepEqual(await exportTexts(t, notes), {
    'Ideas/A boat.files/plan (2).txt': 'other',
    'Ideas/A boat.files/plan.txt': 'plan',
    'Ideas/A boat.md': '# A boat\n\nor two',
    'Ideas/note.md': '',
  });
});

test('[EXP-2] words that an imported picture has gained lie beside it', async (t) => {
  const notes = await openTestNotes(t);
  const { id: space } = await notes.notebook.addSpace('x', 'x');
  const files = [await attach(notes, 'a.png', 'picture'), await attach(notes, 'b.png', 'second')];
  await notes.notebook.addNote({ space, name: 'a.png', text: 'caption', files });
  assert.deepEqual(await exportTexts(t, notes), {
    'x/a.files/b.png': 'second',
    'x/a.png': 'picture',
    'x/a.png.md': 'caption',
  });
});

test('[EXP-3] hostile names of spaces, folders, notes and files stay inside the target', async (t) => {
  const hostile = fc.constantFrom(
    '..',
    '../../x',
    '/etc/passwd',
    'a/../../b',
    '.',
    '',
    '\0',
    '~',
    String.raw`C:\x`,
    'a/./b',
    '//',
    'x/',
  );
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, hostile, async (spaceName, folder, name, attached) => {
      const notes = await openTestNotes(t);
      const outer = await makeFolder(t);
      const spaces = [
        await notes.notebook.addSpace(spaceName || '~', folder),
        await notes.notebook.addSpace(spaceName || '~'),
      ];
      const files = [await attach(notes, attached, 'file')];
      for (const { id: space } of spaces) await notes.notebook.addNote({ space, name, text: 'text', files });
      await notes.exportTo(join(outer, 'target', '..', 'out'));
      assert.deepEqual(await readdir(outer), ['out']);
      assert.equal(Object.keys(await readTree(outer)).length, 4);
    }),
    { numRuns: 10 },
  );
});

test('[EXP-5] notes of one name get numbers in the order in which they were made, on every device', async (t) => {
  const one = await openTestNotes(t);
  const { id: space } = await one.notebook.addSpace('x', 'x');
  for (const text of ['1', '2', '3']) await one.notebook.addNote({ space, name: 'a.md', text });
  await one.notebook.addNote({ space, name: 'a (2).md', text: 'own name' });
  const expected = { 'x/a (2).md': 'own name', 'x/a (3).md': '2', 'x/a (4).md': '3', 'x/a.md': '1' };
  assert.deepEqual(await exportTexts(t, one), expected);
  const other = await openTestNotes(t, one.keyring);
  await other.receiveFrom(one);
  assert.deepEqual(await exportTexts(t, other), expected);
});

test('[EXP-5] what was imported has its path before what was written by hand', async (t) => {
  const notes = await openTestNotes(t);
  const { id: byHand } = await notes.notebook.addSpace('linux');
  await notes.notebook.addNote({ space: byHand, name: 'tar.md', text: 'by hand' });
  const { id: imported } = await notes.notebook.addSpace('GNU', 'linux');
  const files = [await attach(notes, 'x', 'file')];
  await notes.notebook.addNote({ space: imported, name: 'tar.md', text: 'imported', files });
  const { id: below } = await notes.notebook.addSpace('below', 'linux/tar.files');
  await notes.notebook.addNote({ space: below, name: 'x', text: 'below' });
  assert.deepEqual(await exportTexts(t, notes), {
    'linux (2)/tar.md': 'by hand',
    'linux/tar (2).files/x': 'file',
    'linux/tar.files/x': 'below',
    'linux/tar.md': 'imported',
  });
});

test('[EXP-5] what has to have another path never takes the place of what has its own', async (t) => {
  const notes = await openTestNotes(t);
  const deep = `${'d'.repeat(200)}/${'e'.repeat(200)}`;
  for (const [name, folder] of [
    ['cut', `${deep}/f`],
    ['fits', 'd'.repeat(200)],
    ['replaced', 'a:b'],
    ['plain', 'a_b'],
  ] as const) {
    const { id: space } = await notes.notebook.addSpace(name, folder);
    await notes.notebook.addNote({ space, name: 'f.md', text: name });
    if (name === 'plain') await notes.notebook.addNote({ space, name: 'g?.md', text: 'question' });
    if (name === 'plain') await notes.notebook.addNote({ space, name: 'g_.md', text: 'underscore' });
  }
  const rules = { names: 'windows', foldsCase: true, foldsNormalization: true, pathBytesMax: 750 } as const;
  const textByPath = Object.fromEntries(
    planPaths(notes.entities, rules).map(({ path, content }) => [
      path.join('/').replaceAll(/(.)\1{9,}/g, '$1'),
      content.kind === 'note' ? notes.entities.read('note', content.note)?.value.text : null,
    ]),
  );
  assert.deepEqual(textByPath, {
    'd/f.md': 'fits',
    'd/f (2).md': 'cut',
    'a_b/f.md': 'plain',
    'a_b/f (2).md': 'replaced',
    'a_b/g_.md': 'underscore',
    'a_b/g_ (2).md': 'question',
  });
});

test('[EXP-5] paths that are one for the file system are kept apart', async (t) => {
  const notes = await openTestNotes(t);
  const { id: space } = await notes.notebook.addSpace('x', 'x');
  for (const name of ['Tar.md', 'tar.md', 'й.md', 'и\u0306.md', 'Straße', 'STRASSE'])
    await notes.notebook.addNote({ space, name });
  const rules = { names: 'posix', foldsCase: true, foldsNormalization: true, pathBytesMax: 4_000 } as const;
  const paths = planPaths(notes.entities, rules).map(({ path }) => path.join('/'));
  assert.deepEqual(paths.toSorted(), [
    'x/STRASSE (2)',
    'x/Straße',
    'x/Tar.md',
    'x/tar (2).md',
    'x/и\u0306 (2).md',
    'x/й.md',
  ]);
  const plain = planPaths(notes.entities, { ...rules, foldsCase: false, foldsNormalization: false });
  assert.equal(
    plain.some(({ path }) => path.join('').includes('(2)')),
    false,
  );
});

test('[EXP-6] content that is not here and cannot be fetched is named, and nothing is written', async (t) => {
  const notes = await openTestNotes(t);
  const { id: space } = await notes.notebook.addSpace('x');
  const files = [await attach(notes, 'a.png', 'picture'), await attach(notes, 'b.png', 'second')];
  await notes.notebook.addNote({ space, text: 'note', files });
  const folder = await makeFolder(t);
  await rm(join(notes.home, 'chunks'), { recursive: true });
  for (const format of ['markdown', 'json'] as const)
    await assert.rejects(
      () => notes.exportTo(join(folder, 'out'), { format }),
      (error) =>
        error instanceof DataansError &&
        error.code === 'not-found' &&
        /“.*a\.png” and 1 more aren't on this device yet/.test(error.message) &&
        error.advice.startsWith('Sync this device'),
    );
  assert.deepEqual(await readdir(folder), []);
});

test('[EXP-6] an export that is stopped or fails half-way leaves nothing', async (t) => {
  const notes = await openTestNotes(t);
  const { id: space } = await notes.notebook.addSpace('x');
  for (let index = 0; index < 30; index += 1) await notes.notebook.addNote({ space, text: `note ${index}` });
  const folder = await makeFolder(t);
  const stop = new AbortController();
  const onProgress = ({ done }: { readonly done: number }): void => {
    if (done === 5) stop.abort(new Error('stopped'));
  };
  await assert.rejects(
    () => notes.exportTo(join(folder, 'out'), { onProgress, signal: stop.signal }),
    /stopped/,
  );
  assert.deepEqual(await readdir(folder), []);
});

test('[EXP-6] content that is not here is fetched where that is possible', async (t) => {
  const notes = await openTestNotes(t);
  const { id: space } = await notes.notebook.addSpace('x', 'x');
  await notes.notebook.addNote({ space, name: 'a.png', files: [await attach(notes, 'a.png', 'picture')] });
  const chunks = join(notes.home, 'chunks');
  const elsewhere = new Map<string, Uint8Array>();
  for (const path of await readdir(chunks, { recursive: true }))
    if ((await stat(join(chunks, path))).isFile())
      elsewhere.set(path.slice(-64), await readFile(join(chunks, path)));
  await rm(chunks, { recursive: true });
  const out = join(await makeFolder(t), 'out');
  await notes.exportTo(out, { fetchChunk: (name) => Promise.resolve(elsewhere.get(name) ?? null) });
  assert.deepEqual(await readTree(out), { 'x/a.png': btoa('picture') });
});

test('[EXP-6] content that cannot be fetched is an error that names the file and why, and nothing is written', async (t) => {
  const notes = await openTestNotes(t);
  const folder = join(await makeFolder(t), 'notes');
  await writeTree(folder, { 'a.png': 'picture', 'b.md': 'text' });
  await notes.importFrom(folder);
  await rm(join(notes.home, 'chunks'), { recursive: true });
  const parent = await makeFolder(t);
  const unreachable = new DataansError('server-unreachable', 'Nobody answers.', { advice: 'Go online.' });
  for (const [fetchChunk, code, pattern] of [
    [() => Promise.resolve(null), 'not-found', /a\.png” isn't on this device or on the server yet/],
    [() => Promise.reject(unreachable), 'server-unreachable', /a\.png” isn't on this device.*Nobody answers/],
  ] as const) {
    await assert.rejects(
      () => notes.exportTo(join(parent, 'out'), { fetchChunk }),
      (error) =>
        error instanceof DataansError &&
        error.code === code &&
        pattern.test(error.message) &&
        error.advice !== '',
    );
    assert.deepEqual(await readdir(parent), []);
  }
});

test('notes that were deleted, and spaces without notes, are not exported', async (t) => {
  const notes = await openTestNotes(t);
  const { id: space } = await notes.notebook.addSpace('x');
  await notes.notebook.addSpace('empty');
  const gone = await notes.notebook.addNote({ space, text: 'gone' });
  await notes.notebook.addNote({ space, text: 'here' });
  await notes.notebook.removeNote(gone);
  assert.deepEqual(await exportTexts(t, notes), { 'x/here.md': 'here' });
});
