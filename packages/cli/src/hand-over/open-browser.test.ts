import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openBrowser, openerFor } from './open-browser.ts';

const address = 'https://notes.example/hand-over?port=40000&state=A$(touch x)`y`;z&device=it%27s';

test('the address is one argument of the program that the system has for it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dataans-browser-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'xdg-open'),
    '#!/bin/sh\ncd "$(dirname "$0")" && printf "%s|" "$#" "$@" > part && mv part opened\n',
  );
  chmodSync(join(folder, 'xdg-open'), 0o700);
  const changes = watch(folder);
  t.after(() => changes.close());
  openBrowser(address, { PATH: `${folder}:/usr/bin:/bin` }, 'linux');
  for (let name = ''; name !== 'opened';) [, name] = (await once(changes, 'change')) as [string, string];
  assert.equal(readFileSync(join(folder, 'opened'), 'utf8'), `1|${address}|`);
});

test('a machine without a program to open a browser is no failure', async () => {
  openBrowser(address, { PATH: '/nowhere' }, 'linux');
  await new Promise((resolve) => setImmediate(resolve));
});

test('no system reads the address with a shell', () => {
  for (const platform of ['linux', 'darwin', 'win32', 'freebsd'] as const)
    assert.doesNotMatch(openerFor(platform, {}).join(' '), /\b(sh|cmd|start|powershell)\b/);
});

test('Windows takes its own program, not one of that name in the current folder', () => {
  const [program] = openerFor('win32', { SystemRoot: String.raw`D:\Windows` });
  assert.equal(program, String.raw`D:\Windows\System32\rundll32.exe`);
});

test('[ACC-10] the browser is given no secret of ours', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dataans-browser-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'xdg-open'),
    '#!/bin/sh\ncd "$(dirname "$0")" && env > part && mv part opened\n',
  );
  chmodSync(join(folder, 'xdg-open'), 0o700);
  const changes = watch(folder);
  t.after(() => changes.close());
  openBrowser(address, { PATH: `${folder}:/usr/bin:/bin`, DATAANS_PASSWORD: 'hunter2' }, 'linux');
  for (let name = ''; name !== 'opened';) [, name] = (await once(changes, 'change')) as [string, string];
  assert.doesNotMatch(readFileSync(join(folder, 'opened'), 'utf8'), /hunter2/);
});
