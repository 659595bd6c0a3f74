import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readCloudflaredToken } from './cloudflared.ts';
import { temporaryFolder } from '../testing/test-store.ts';

const server = 'https://notes.example';
const { signal } = new AbortController();

/** A program of that name, which does what the lines say. */
async function install(t: TestContext, ...lines: readonly string[]): Promise<string> {
  const folder = temporaryFolder(t);
  const path = join(folder, 'cloudflared');
  await writeFile(path, ['#!/bin/sh', 'cd "$(dirname "$0")" || exit 1', ...lines, ''].join('\n'));
  await chmod(path, 0o700);
  return folder;
}

async function ask(folder: string, given = signal): Promise<string | null> {
  const PATH = `${folder}:/usr/bin:/bin`;
  return (await readCloudflaredToken(server, { PATH }, given))?.reveal() ?? null;
}

test('[ACC-8] the token that cloudflared prints is taken, and the server is named as one argument', async (t) => {
  const folder = await install(
    t,
    'for one in "$@"; do echo "$one"; done > asked',
    'echo',
    'echo eyJh.eyJz.c2ln',
  );
  assert.equal(await ask(folder), 'eyJh.eyJz.c2ln');
  assert.equal(await readFile(join(folder, 'asked'), 'utf8'), `access\ntoken\n--app=${server}\n`);
});

for (const [what, ...lines] of [
  ['a sentence instead of a token', 'echo Unable to find token for provided application.'],
  ['a failure', 'echo eyJh.eyJz.c2ln', 'exit 1'],
  ['nothing', 'true'],
  ['a token with something that would end a header', `printf 'a.b.c\\r\\nx: y\\n'`],
  ['two tokens', 'echo a.b.c', 'echo d.e.f'],
  ['more than a token can be', 'yes a.b.c'],
  ['bytes that are no text', `printf 'a.b.\\377'`],
] as const)
  test(`[ACC-8] ${what} is no token`, async (t) => {
    assert.equal(await ask(await install(t, ...lines)), null);
  });

test('[ACC-8] a machine without cloudflared has no token of it', async (t) => {
  assert.equal(await readCloudflaredToken(server, { PATH: temporaryFolder(t) }, signal), null);
});

test('[ACC-8] a program that never ends is ended with the command that asked it', async (t) => {
  const folder = await install(t, 'exec sleep 600');
  const abort = new AbortController();
  const asked = ask(folder, abort.signal);
  abort.abort();
  assert.equal(await asked, null);
});
