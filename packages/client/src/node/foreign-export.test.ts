import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { utf8ToBytes } from '@dataans/core';
import { importFolder } from '../import/import-folder.ts';
import type { FolderSource, SourceContent } from '../import/folder-source.ts';
import { createNodePrimitives } from './primitives.ts';
import { counts, findNote, findSpace, kept, makeTree } from '../testing/test-imports.ts';
import { makeFolder, openTestNotes, type TestNotes } from '../testing/test-notes.ts';

async function exportJson(t: TestContext, notes: TestNotes): Promise<string> {
  const out = join(await makeFolder(t), 'out');
  await notes.exportTo(out, { format: 'json' });
  return out;
}

async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}

test('[EXP-9] [IMP-12] an own export restores in place, on every device of the account', async (t) => {
  const notes = await openTestNotes(t);
  await notes.importFrom(await makeTree(t, { 'a.md': 'before' }));
  const out = await exportJson(t, notes);
  await notes.notebook.editNote(findNote(notes, 'a.md'), { text: 'after' });
  const other = await openTestNotes(t, notes.keyring);
  await other.receiveFrom(notes);
  for (const device of [notes, other]) {
    const report = await device.importFrom(out);
    assert.deepEqual([report.source, counts(report)], ['own-export', '0/0/1 0/1/0 0/0/0']);
    assert.equal(findNote(device, 'a.md').value.text, 'before');
  }
});

for (const [what, change] of [
  ['of another account', () => Promise.resolve()],
  [
    'whose lines were changed',
    (out: string) => rewrite(join(out, 'notes.jsonl'), (text) => text.replace('theirs', 'thorns')),
  ],
  [
    'whose manifest was changed',
    (out: string) =>
      rewrite(join(out, 'dataans-export.json'), (text) => text.replace('"files": 1', '"files": 2')),
  ],
  [
    'without a proof',
    (out: string) => rewrite(join(out, 'dataans-export.json'), (text) => text.replace('"proof"', '"prove"')),
  ],
] as const) {
  test(`[IMP-12] an export ${what} changes nothing that is here, and what it holds comes beside it`, async (t) => {
    const notes = await openTestNotes(t);
    await notes.importFrom(await makeTree(t, { 'a.md': 'ours', 'b.png': 'our picture' }));
    const ours = [findNote(notes, 'a.md'), findNote(notes, 'b.png')];
    const theirs = await openTestNotes(t, what === 'of another account' ? undefined : notes.keyring);
    await theirs.importFrom(await makeTree(t, { 'a.md': 'theirs', 'b.png': 'their picture!' }));
    await theirs.notebook.renameSpace(findSpace(theirs, 'notes'), 'other name');
    const out = await exportJson(t, theirs);
    await change(out);
    const report = await notes.importFrom(out);
    assert.deepEqual([report.source, counts(report)], ['other-export', '1/0/0 2/0/0 1/0/0']);
    assert.deepEqual(
      ours.map(({ id }) => notes.entities.read('note', id)?.value),
      ours.map(({ value }) => value),
    );
    const space = findSpace(notes, 'other name');
    const added = Array.from(notes.entities.notes()).filter(({ value }) => value.space === space);
    assert.deepEqual(added.map(({ value }) => value.name).toSorted(), ['a.md', 'b.png']);
    const picture = added.find(({ value }) => value.name === 'b.png')?.value.files[0];
    assert.equal(picture === undefined ? null : notes.entities.read('file', picture)?.value.bytes, 14);
    const { n } = notes.store.log.writer();
    assert.equal(counts(await notes.importFrom(out)), '0/0/1 0/0/2 0/0/1');
    assert.equal(notes.store.log.writer().n, n);
  });
}

test('[IMP-12] what came from another account and was edited or deleted here since stays so', async (t) => {
  const theirs = await openTestNotes(t);
  await theirs.importFrom(await makeTree(t, { 'a.md': 'a', 'b.md': 'b' }));
  const out = await exportJson(t, theirs);
  const notes = await openTestNotes(t);
  await notes.importFrom(out);
  await notes.notebook.editNote(findNote(notes, 'a.md'), { text: 'edited' });
  await notes.notebook.removeNote(findNote(notes, 'b.md'));
  const report = await notes.importFrom(out);
  assert.deepEqual([counts(report), kept(report)], ['0/0/1 0/0/0 0/0/0', '1/1 0/0']);
});

test('[IMP-12] a note of another account comes into no space of ours that its export does not hold', async (t) => {
  const notes = await openTestNotes(t);
  await notes.importFrom(await makeTree(t, { 'bank.md': 'ours' }));
  const theirs = await openTestNotes(t);
  await theirs.importFrom(await makeTree(t, { 'bank.md': 'theirs' }));
  const out = await exportJson(t, theirs);
  await writeFile(join(out, 'spaces.jsonl'), '');
  const report = await notes.importFrom(out);
  assert.match(report.skipped.map(({ message }) => message).join(), /Its space isn't in this export/);
  assert.deepEqual(
    Array.from(notes.entities.notes(), ({ value }) => value.text),
    ['ours'],
  );
});

test('[IMP-12] a note of another account whose space is in nobody’s notes is left out, unless spaces were lost', async (t) => {
  const theirs = await openTestNotes(t);
  await theirs.importFrom(await makeTree(t, { 'bank.md': 'theirs' }));
  const out = await exportJson(t, theirs);
  await writeFile(join(out, 'spaces.jsonl'), '');
  const damaged = await openTestNotes(t);
  assert.equal(counts(await damaged.importFrom(out)), '0/0/0 1/0/0 0/0/0');
  await rewrite(join(out, 'dataans-export.json'), (text) => text.replace('"spaces": 1', '"spaces": 0'));
  const notes = await openTestNotes(t);
  assert.equal(counts(await notes.importFrom(out)), '0/0/0 0/0/0 0/0/0');
});

test('[IMP-10] a file of lines that are none is given up, and the report stays short', async (t) => {
  const contents: Readonly<Record<string, string>> = {
    'dataans-export.json': '{"format":"dataans-export","version":1,"spaces":0,"files":0,"notes":0}',
    'spaces.jsonl': '\n'.repeat(300_000),
    'files.jsonl': '\n'.repeat(300_000),
    'notes.jsonl': '',
  };
  const source: FolderSource = {
    name: 'hostile',
    async *folders() {
      yield { path: '', files: [], skipped: [] };
    },
    openFile: async (path): Promise<SourceContent | null> => {
      const bytes = utf8ToBytes(contents[path] ?? '');
      const pieces = async function* one() {
        yield bytes;
      };
      return { bytes: bytes.length, pieces, close: async () => undefined };
    },
  };
  const report = await importFolder(
    { ...(await openTestNotes(t)), primitives: createNodePrimitives() },
    source,
  );
  assert.deepEqual([report.complete, report.skipped.length, report.skippedMore], [false, 1_000, 1_004]);
});
