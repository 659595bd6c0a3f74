import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { editText } from './edit-text.ts';

let folder = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dataans-test-'));
});

after(() => rm(folder, { recursive: true, force: true }));

/** An editor that does what a shell script says; `$1` is the file. */
async function editorDoing(script: string): Promise<string> {
  const path = join(folder, 'my editor.sh');
  await writeFile(path, script);
  return `sh '${path}'`;
}

test('the text comes back as the editor left it, byte for byte', async () => {
  const editor = await editorDoing(String.raw`printf '\357\273\277more\r\n' >> "$1"`);
  assert.equal(await editText('text', 'tar.md', { EDITOR: editor }), 'text\ufeffmore\r\n');
});

test('VISUAL wins over EDITOR, and may carry arguments', async () => {
  const editor = await editorDoing('printf "$1" > "$2"');
  assert.equal(await editText('', '', { EDITOR: 'false', VISUAL: `${editor} given` }), 'given');
});

test('only the owner can read the file, and it is gone afterwards', async () => {
  const seen = join(folder, 'seen');
  const editor = await editorDoing(`stat -c '%a %n' "$1" > '${seen}'`);
  await editText('secret', '../../etc/passwd', { EDITOR: editor });
  const [, mode, path = ''] = /^(\d+) (.*)\n$/.exec(await readFile(seen, 'utf8')) ?? [];
  assert.equal(mode, '600');
  assert.ok(path.endsWith('/note.md'), path);
  await assert.rejects(stat(dirname(path)), { code: 'ENOENT' });
});

test('an editor that fails changes nothing and says so', async () => {
  const editor = await editorDoing('echo half >> "$1"; exit 3');
  await assert.rejects(editText('text', '', { EDITOR: editor }), /ended with code 3\): nothing was changed/);
});

test('what is not UTF-8 afterwards is refused', async () => {
  const editor = await editorDoing(String.raw`printf '\377' >> "$1"`);
  await assert.rejects(editText('text', '', { EDITOR: editor }), /not UTF-8/);
});
