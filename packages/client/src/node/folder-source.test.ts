import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, chmod, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { DataansError, limits } from '@dataans/core';
import { SourceFault, type FolderSource, type SourceFile } from '../import/folder-source.ts';
import { openFolderSource } from './folder-source.ts';
import { openContent } from './read-content.ts';
import { makeFolder, writeTree } from '../testing/test-notes.ts';

interface Listed {
  readonly files: readonly string[];
  readonly skipped: readonly string[];
}

async function list(source: FolderSource): Promise<Listed> {
  const files: string[] = [];
  const skipped: string[] = [];
  for await (const folder of source.folders()) {
    files.push(...folder.files.map(({ name }) => `${folder.path}:${name}`));
    skipped.push(...folder.skipped.map(({ path, reason }) => `${path} ${reason}`));
  }
  return { files, skipped };
}

async function findFile(source: FolderSource, name: string): Promise<SourceFile> {
  for await (const { files } of source.folders())
    for (const file of files) if (file.name === name) return file;
  throw new TypeError(`There is no ${name}.`);
}

function isFault(reason: SourceFault['reason']) {
  return (error: unknown): boolean => error instanceof SourceFault && error.reason === reason;
}

test('[IMP-1] folders come in the order of their names, each before those below it, hidden ones too', async (t) => {
  const folder = await makeFolder(t);
  await writeTree(folder, {
    'b/2.md': '',
    'b/10.md': '',
    'a/c/x.md': '',
    '.hidden': '',
    'z.md': '',
    'Z.md': '',
  });
  await mkdir(join(folder, 'empty'));
  const source = await openFolderSource(folder, join(folder, '..', 'no-home'));
  assert.deepEqual(await list(source), {
    files: [':.hidden', ':Z.md', ':z.md', 'a/c:x.md', 'b:10.md', 'b:2.md'],
    skipped: [],
  });
});

test('[IMP-8] links are followed to files inside the folder, and nowhere else', async (t) => {
  const folder = await makeFolder(t);
  const outside = await makeFolder(t);
  await writeTree(outside, { 'secret.md': 'secret' });
  await writeTree(folder, { 'a.md': 'text', 'sub/b.md': '' });
  await symlink('../a.md', join(folder, 'sub', 'inside.md'));
  await symlink(join(outside, 'secret.md'), join(folder, 'outside.md'));
  await symlink(`${folder}/../${outside.split('/').at(-1)}/secret.md`, join(folder, 'dotted.md'));
  await symlink(outside, join(folder, 'outside'));
  await symlink('sub', join(folder, 'folder'));
  await symlink('nothing', join(folder, 'broken'));
  await symlink('loop', join(folder, 'loop'));
  await writeTree(`${folder}-beside`, { 'x.md': 'x' });
  t.after(() => rm(`${folder}-beside`, { recursive: true }));
  await symlink(`${folder}-beside/x.md`, join(folder, 'beside.md'));
  const source = await openFolderSource(folder, outside);
  assert.deepEqual(await list(source), {
    files: [':a.md', 'sub:b.md', 'sub:inside.md'],
    skipped: [
      'beside.md link-leaves-folder',
      'broken link-broken',
      'dotted.md link-leaves-folder',
      'folder link-to-folder',
      'loop link-broken',
      'outside link-leaves-folder',
      'outside.md link-leaves-folder',
    ],
  });
  const content = await (await findFile(source, 'inside.md')).open();
  assert.equal(String(Buffer.concat(await Array.fromAsync(content.pieces()))), 'text');
});

test('[IMP-8] a link that takes the place of a file after it was listed is not followed', async (t) => {
  const folder = await makeFolder(t);
  await writeTree(folder, { 'in/a.md': 'text', 'secret.md': 'secret' });
  const file = await findFile(await openFolderSource(join(folder, 'in'), join(folder, 'home')), 'a.md');
  await rm(join(folder, 'in', 'a.md'));
  await symlink(join(folder, 'secret.md'), join(folder, 'in', 'a.md'));
  await assert.rejects(() => file.open(), isFault('unreadable'));
});

test('[IMP-8] sockets and pipes are left out, also one that takes the place of a file', async (t) => {
  const folder = await makeFolder(t);
  await writeTree(folder, { 'a.md': '' });
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const server = createServer().listen(join(folder, 'socket'));
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const source = await openFolderSource(folder, join(folder, 'home'));
  assert.deepEqual(await list(source), {
    files: [':a.md'],
    skipped: ['pipe not-a-file', 'socket not-a-file'],
  });
  const file = await findFile(source, 'a.md');
  await rename(join(folder, 'pipe'), join(folder, 'a.md'));
  await assert.rejects(() => file.open(), isFault('not-a-file'));
});

test('[IMP-8] the home is never imported, neither itself nor as a folder of the imported one', async (t) => {
  const folder = await makeFolder(t);
  await writeTree(folder, { 'a.md': '', 'home/store.sqlite': '', 'home/chunks/x': '' });
  await symlink('home/store.sqlite', join(folder, 'store.md'));
  const home = join(folder, 'home');
  assert.deepEqual(await list(await openFolderSource(folder, home)), {
    files: [':a.md'],
    skipped: ['home own-home', 'store.md own-home'],
  });
  for (const inside of [home, join(home, 'chunks')])
    await assert.rejects(
      () => openFolderSource(inside, home),
      (error) => error instanceof DataansError && error.code === 'invalid' && /own data/.test(error.message),
    );
});

test('[IMP-7] a name that is not UTF-8 is reported, with its bytes', async (t) => {
  if (process.platform !== 'linux') return t.skip('the file system takes no such names');
  const folder = await makeFolder(t);
  await writeFile(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from('.md')]), '');
  await writeTree(folder, { 'ї.md': '', 'и\u0306.md': '', '\ufeffbom.md': '', 'line\nend.md': '' });
  assert.deepEqual(await list(await openFolderSource(folder, join(folder, 'home'))), {
    files: [':line\nend.md', ':и\u0306.md', ':ї.md', ':\ufeffbom.md'],
    skipped: ['caf\\xe9.md name-not-text'],
  });
});

test('[IMP-7] a file that is gone or may not be read is a fault of that file', async (t) => {
  const folder = await makeFolder(t);
  await writeTree(folder, { 'gone.md': '' });
  const file = await findFile(await openFolderSource(folder, join(folder, 'home')), 'gone.md');
  await rm(join(folder, 'gone.md'));
  await assert.rejects(() => file.open(), isFault('unreadable'));
});

test('[IMP-7] a folder that may not be read is reported, and the others are listed', async (t) => {
  if (process.getuid?.() === 0) return t.skip('the superuser may read everything');
  const folder = await makeFolder(t);
  await writeTree(folder, { 'a/x.md': '', 'b/y.md': '' });
  await chmod(join(folder, 'a'), 0);
  t.after(() => chmod(join(folder, 'a'), 0o700));
  assert.deepEqual(await list(await openFolderSource(folder, join(folder, 'home'))), {
    files: ['b:y.md'],
    skipped: ['a unreadable'],
  });
});

test('[IMP-7] a folder that is gone when its turn comes is reported, and the others are listed', async (t) => {
  const folder = await makeFolder(t);
  await writeTree(folder, { 'a/x.md': '', 'b/y.md': '' });
  const source = await openFolderSource(folder, join(folder, 'home'));
  const seen: string[] = [];
  for await (const { path, files, skipped } of source.folders()) {
    if (path === '') await rm(join(folder, 'a'), { recursive: true });
    seen.push(...files.map(({ name }) => name), ...skipped.map(({ reason }) => `${path} ${reason}`));
  }
  assert.deepEqual(seen, ['a unreadable', 'y.md']);
});

test('[IMP-7] a large file that grows, shrinks or is replaced while it is read is reported', async (t) => {
  const folder = await makeFolder(t);
  const path = join(folder, 'large');
  const bytes = 2 * limits.pieceBytesMax + 10;
  for (const change of [
    () => appendFile(path, 'more'),
    () => appendFile(path, 'more').then(() => utimes(path, 1, 1)),
    () => writeFile(path, 'less'),
    () => writeFile(path, Buffer.alloc(bytes, 2)),
  ]) {
    await writeFile(path, Buffer.alloc(bytes, 1));
    await utimes(path, 1, 1); // However coarse the file system's clock is.
    const content = await openContent(path);
    let pieces = 0;
    await assert.rejects(async () => {
      for await (const _ of content.pieces()) if ((pieces += 1) === 1) await change();
    }, isFault('changed'));
    await content.close();
  }
});

test('[IMP-8] a folder that becomes a link after it was listed leads nowhere', async (t) => {
  const folder = await makeFolder(t);
  await writeTree(folder, {
    'secret/key.txt': 'outside',
    'in/b/key.txt': 'inside',
    'in/b/large': 'x'.repeat(1_000_001),
  });
  await writeTree(folder, { 'secret/large': 'y'.repeat(1_000_001) });
  const source = await openFolderSource(join(folder, 'in'), join(folder, 'home'));
  for await (const { path, files } of source.folders()) {
    if (path !== 'b') continue;
    await rename(join(folder, 'in/b'), join(folder, 'in/b.old'));
    await symlink(join(folder, 'secret'), join(folder, 'in/b'));
    for (const file of files) await assert.rejects(file.open(), isFault('changed'));
    assert.equal(files.length, 2);
  }
});

test(
  '[IMP-7] a file that says it is empty and is not is read to its end',
  { skip: !existsSync('/proc/version') },
  async () => {
    const content = await openContent('/proc/version');
    const text = Buffer.concat(await Array.fromAsync(content.pieces()));
    await content.close();
    assert.equal(text.toString(), readFileSync('/proc/version', 'utf8'));
    assert.equal(content.bytes, text.length);
  },
);

test('content comes whole, in pieces of the size that is sealed', async (t) => {
  const folder = await makeFolder(t);
  const path = join(folder, 'file');
  for (const bytes of [0, 1, limits.pieceBytesMax, limits.pieceBytesMax + 1, 3 * limits.pieceBytesMax]) {
    const written = Buffer.alloc(bytes, 'abcdefg');
    await writeFile(path, written);
    const content = await openContent(path);
    const pieces = await Array.fromAsync(content.pieces());
    await content.close();
    assert.equal(content.bytes, bytes);
    assert.equal(pieces.length, Math.ceil(bytes / limits.pieceBytesMax));
    assert.equal(Buffer.concat(pieces).equals(written), true);
  }
});

test('a folder that is not there, or is a file, is an error that says so', async (t) => {
  const folder = await makeFolder(t);
  await writeTree(folder, { 'file.md': '' });
  await assert.rejects(
    () => openFolderSource(join(folder, 'gone'), folder),
    (error) => error instanceof DataansError && error.code === 'not-found' && /no folder/.test(error.message),
  );
  await assert.rejects(
    () => openFolderSource(join(folder, 'file.md'), join(folder, 'home')),
    (error) =>
      error instanceof DataansError && error.code === 'invalid' && /isn't a folder/.test(error.message),
  );
});

test('a path of an export is opened inside the folder only', async (t) => {
  const folder = await makeFolder(t);
  await writeTree(folder, { 'in/files/a': 'text', secret: 'secret' });
  await symlink('../secret', join(folder, 'in', 'link'));
  const source = await openFolderSource(join(folder, 'in'), join(folder, 'home'));
  assert.equal((await source.openFile('files/a'))?.bytes, 4);
  for (const path of ['link', '../secret', 'files', 'gone']) assert.equal(await source.openFile(path), null);
});
