import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, test } from 'node:test';
import { DataansError } from '@dataans/core';
import { createDraft, listLeftDrafts, type Draft } from './draft.ts';
import { editText } from './edit-text.ts';

let folder = '';
let drafts = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dataans-test-'));
  drafts = join(folder, 'drafts');
  await mkdir(drafts);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** An editor that does what a shell script says; `$1` is the file. */
async function editorDoing(script: string): Promise<string> {
  const path = join(folder, 'my editor.sh');
  await writeFile(path, script);
  return `sh '${path}'`;
}

interface Given {
  readonly text?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly record?: (text: string) => Promise<string>;
}

async function edit({ text = '', environment, record = (edited) => Promise.resolve(edited) }: Given) {
  const draft = await createDraft(drafts, text);
  const result = editText({ draft, environment, record, resume: 'dataans note edit 1 -' });
  return { draft, result };
}

/** The error names the file, with the command that records it, and the file is there. */
async function assertKept(result: Promise<string>, draft: Draft, sentence: RegExp): Promise<Buffer> {
  await assert.rejects(result, (error) => {
    assert.ok(error instanceof DataansError);
    assert.match(error.message, sentence);
    assert.ok(error.advice.endsWith(`To use it: dataans note edit 1 - < ${draft.path}`), error.advice);
    return true;
  });
  return readFile(draft.path);
}

test('the text comes back as the editor left it, byte for byte', async () => {
  const editor = await editorDoing(String.raw`printf '\357\273\277more\r\n' >> "$1"`);
  const { result } = await edit({ text: 'text', environment: { EDITOR: editor } });
  assert.equal(await result, 'text\ufeffmore\r\n');
});

test('VISUAL wins over EDITOR, and may carry arguments', async () => {
  const editor = await editorDoing('printf "$1" > "$2"');
  const { result } = await edit({ environment: { EDITOR: 'false', VISUAL: `${editor} given` } });
  assert.equal(await result, 'given');
});

test('[CLI-11] only the owner can read the file, its name says nothing, and it is gone once it is recorded', async () => {
  const seen = join(folder, 'seen');
  const editor = await editorDoing(`stat -c '%a %n' "$1" > '${seen}'; echo more >> "$1"`);
  const { draft, result } = await edit({ text: 'secret', environment: { EDITOR: editor } });
  assert.equal(await result, 'secretmore\n');
  assert.equal(await readFile(seen, 'utf8'), `600 ${draft.path}\n`);
  assert.ok(draft.path.endsWith('/note.md'));
  assert.ok(!existsSync(drafts));
});

test('[CLI-11] what was written is still there, and named, if the editor fails or is killed', async () => {
  for (const [end, sentence] of [
    ['exit 3', /ended with code 3/],
    ['kill -KILL $$', /was ended by SIGKILL|ended with code 137/],
  ] as const) {
    const editor = await editorDoing(`printf 'an hour' > "$1"; ${end}`);
    const { draft, result } = await edit({ text: 'text', environment: { EDITOR: editor } });
    assert.equal((await assertKept(result, draft, sentence)).toString(), 'an hour');
  }
});

test('[CLI-11] what was written is still there, and named, if it is not UTF-8', async () => {
  const editor = await editorDoing(String.raw`printf 'caf\351' > "$1"`);
  const { draft, result } = await edit({ environment: { EDITOR: editor } });
  assert.equal((await assertKept(result, draft, /isn't UTF-8/)).toString('latin1'), 'café');
});

test('[CLI-11] what was written is still there, and named, if it cannot be recorded', async () => {
  const editor = await editorDoing('printf long > "$1"');
  const record = () =>
    Promise.reject(new DataansError('storage-full', 'No space is left.', { advice: 'Go.' }));
  const { draft, result } = await edit({ environment: { EDITOR: editor }, record });
  assert.equal((await assertKept(result, draft, /No space/)).toString(), 'long');
});

test('[CLI-11] an editor that fails and changes nothing leaves nothing behind', async () => {
  const { result } = await edit({ text: 'text', environment: { EDITOR: 'false' } });
  await assert.rejects(result, /Nothing was changed/);
  assert.ok(!existsSync(drafts));
});

test('[ACC-10] the editor is given no secret of ours', async () => {
  const editor = await editorDoing('env > "$1"');
  const { result } = await edit({ environment: { EDITOR: editor, DATAANS_PASSWORD: 'hunter2' } });
  assert.doesNotMatch(await result, /hunter2/);
});

test('[CLI-11] what a command left that was ended is found again; what one has open is not', async () => {
  await createDraft(drafts, 'open in another terminal');
  assert.deepEqual(listLeftDrafts(drafts), []);
  const [open = ''] = await readdir(drafts);
  const left = join(drafts, open.replace(/^\d+/, '999999999'));
  await mkdir(left);
  await writeFile(join(left, 'note.md'), 'an hour');
  assert.deepEqual(listLeftDrafts(drafts), [join(left, 'note.md')]);
  assert.deepEqual(listLeftDrafts(join(folder, 'none')), []);
});
