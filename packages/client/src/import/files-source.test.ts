import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { primitives } from '../testing/test-notebook.ts';
import { makeFolder, openTestNotes, writeTree, type TestNotes } from '../testing/test-notes.ts';
import { createFilesSource } from './files-source.ts';
import { SourceFault } from './folder-source.ts';
import { importFolder } from './import-folder.ts';

const tree = {
  'soup.md': '[cake](cakes/plain/cake.md)',
  'cakes/plain/cake.md': '# Cake',
  'cakes/photo.png': 'pixels',
};

function listEntities({ entities }: TestNotes): unknown {
  const toValue = ({ id, value }: { id: string; value: unknown }) => [id, value] as const;
  return {
    spaces: new Map(entities.spaces().map(({ space }) => toValue(space))),
    notes: new Map(Array.from(entities.notes(), toValue)),
    files: new Map(Array.from(entities.files(), ({ id, value }) => [id, [value.name, value.bytes]])),
  };
}

test('[IMP-5] files that were chosen are the same notes as their folder on another device', async (t) => {
  const [ofFolder, ofFiles] = [await openTestNotes(t), await openTestNotes(t)];
  const folder = join(await makeFolder(t), 'Recipes');
  await writeTree(folder, tree);
  await ofFolder.importFrom(folder);
  const chosen = Object.entries(tree).map(([path, text]) => ({ path, content: new Blob([text]) }));
  const { entities, notebook, files, proof } = ofFiles;
  const dependencies = { entities, notebook, files, primitives, proof };
  await importFolder(dependencies, createFilesSource('Recipes', chosen.toReversed()));
  assert.deepEqual(listEntities(ofFiles), listEntities(ofFolder));
});

test('[IMP-7] a chosen file that went away is told, and what is no path is refused', async () => {
  const gone = new Blob(['abc']);
  Object.defineProperty(gone, 'slice', {
    value: () => ({ arrayBuffer: () => Promise.reject(new TypeError('gone')) }),
  });
  const content = await createFilesSource('a', [{ path: 'b/c.md', content: gone }]).openFile('b/c.md');
  assert.ok(content !== null);
  await assert.rejects(Array.fromAsync(content.pieces()), SourceFault);
  const create = (...paths: readonly string[]) =>
    createFilesSource(
      'a',
      paths.map((path) => ({ path, content: new Blob([]) })),
    );
  for (const path of ['', '/a', 'a//b', '../a', 'a/.', 'a\0b'])
    assert.throws(() => create(path), { code: 'invalid' });
  assert.throws(() => create('a', 'a'), { code: 'invalid' });
  assert.equal(await create('a').openFile('b'), null);
});
