import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openZipSource } from '../import/zip-source.ts';
import type { FolderSource } from '../import/folder-source.ts';
import { importFolder } from '../import/import-folder.ts';
import { createMemoryArchive } from '../testing/memory-archive.ts';
import { makeTree } from '../testing/test-imports.ts';
import { primitives } from '../testing/test-notebook.ts';
import { makeFolder, openTestNotes, readTree, type TestNotes } from '../testing/test-notes.ts';
import { exportFolder, type ExportFormat } from './export-folder.ts';
import { createZipTarget } from './zip-target.ts';

const day = Date.UTC(2026, 10, 30);

const tree = {
  'soup.md': '[cake](cakes/plain/cake.md) ![photo](cakes/photo.png)',
  'cakes/plain/cake.md': '\uFEFF# Cake\r\n',
  'cakes/photo.png': new Uint8Array(2_500_000).map((_, index) => (index * 7919) % 251),
  'їжа/порожньо.md': '',
};

async function exportZip({ entities, files, proof }: TestNotes, format: ExportFormat): Promise<Blob> {
  const place = createMemoryArchive();
  await exportFolder({ entities, files, proof }, createZipTarget(place, day), { format });
  return place.whole();
}

/** All files with their bytes in base64, by path, as `readTree` gives them. */
async function readSource(source: FolderSource): Promise<Readonly<Record<string, string>>> {
  const read: Record<string, string> = {};
  for await (const { path, files } of source.folders())
    for (const { name, open } of files) {
      const pieces = await Array.fromAsync((await open()).pieces());
      read[path === '' ? name : `${path}/${name}`] = Buffer.concat(pieces).toString('base64');
    }
  return read;
}

async function importZip({ entities, notebook, files, proof, store }: TestNotes, archive: Blob) {
  const source = await openZipSource('Dataans 2026-11-30', archive);
  const { facts } = store;
  return importFolder({ entities, notebook, files, primitives, proof, facts }, source);
}

for (const format of ['markdown', 'json'] as const) {
  test(`[EXP-10] an archive holds the very files that an export to a folder writes (${format})`, async (t) => {
    const notes = await openTestNotes(t);
    await notes.importFrom(await makeTree(t, tree));
    const folder = join(await makeFolder(t), 'export');
    await notes.exportTo(folder, { format });
    const archive = await exportZip(notes, format);
    const [ofArchive, ofFolder] = [
      await readSource(await openZipSource('any', archive)),
      await readTree(folder),
    ];
    assert.deepEqual(ofArchive, ofFolder);
    assert.equal(Object.keys(ofFolder).length > 3, true);
  });

  test(`[EXP-10] an archive that is brought in again changes nothing (${format})`, async (t) => {
    const notes = await openTestNotes(t);
    await notes.importFrom(await makeTree(t, tree));
    const archive = await exportZip(notes, format);
    const { n } = notes.store.log.writer();
    const report = await importZip(notes, archive);
    assert.equal(notes.store.log.writer().n, n);
    assert.equal(report.complete, true);
    assert.equal(report.copy, 1);
  });
}

test('[EXP-10] text is packed smaller, and what is compressed already is not packed again', async () => {
  const place = createMemoryArchive();
  const target = createZipTarget(place, day);
  const bytes = new Uint8Array(100_000);
  await Promise.all([target.write(['a.md'], [bytes]), target.write(['a.jpg'], [bytes])]);
  await target.finish();
  const { size } = place.whole();
  assert.equal(size > 100_000 && size < 102_000, true);
});

test('[EXP-6] an archive whose contents fail is not finished, and tells why', async () => {
  const place = createMemoryArchive();
  const target = createZipTarget(place, day);
  const failing = async function* () {
    yield new Uint8Array(10);
    throw new RangeError('the disk is broken');
  };
  await assert.rejects(target.write(['a.bin'], failing()), RangeError);
  await target.discard();
  assert.throws(() => place.whole());
});
