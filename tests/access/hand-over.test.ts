import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { password, type Device } from '../world/device.ts';
import type { Program } from '../world/program.ts';
import { createWorld } from '../world/world.ts';
import { createBehindEdge, you, type BehindEdge } from './behind-edge.ts';
import { createPerson, type Person } from './person.ts';

let behind: BehindEdge;
let person: Person;
let laptop: Device;
let closeWorld: () => Promise<void>;
/** Every request to the application, with what stands in its address. */
const seen: { readonly url: string; readonly token: string | null; readonly isScript: boolean }[] = [];

before(async () => {
  const world = await createWorld({ after: (cleanUp) => (closeWorld = cleanUp) });
  behind = await createBehindEdge(world, {
    isTls: true,
    onRequest: ({ url = '', headers }) => {
      seen.push({
        url,
        token: headers['cf-access-token']?.toString() ?? null,
        isScript: headers['x-requested-with'] === 'XMLHttpRequest',
      });
    },
  });
  person = await createPerson(world, behind.edge.application.hostname);
  laptop = behind.device('laptop');
});

after(() => closeWorld?.());

/** A sign-in as far as the person sees it: in the terminal, and on the page that they opened from there. */
interface SignIn {
  readonly command: Program;
  readonly page: Page;
  /** As the terminal shows it. */
  readonly code: string;
}

/** @param given what the environment of the command has beside what lets it in */
async function beginSignIn(given: Readonly<Record<string, string>> = {}): Promise<SignIn> {
  const command = laptop.start(['sign-in', behind.address, '--no-browser'], { env: given });
  const line = (passes: (text: string) => boolean) => command.waitForLine(passes, 'stderr');
  const address = await line((text) => /^ +https:/.test(text));
  const [code = ''] =
    /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}$/.exec(await line((text) => text.includes('code'))) ?? [];
  return { command, code, page: await person.openPage(address.trim()) };
}

/** What a page that somebody else made could send to the waiting command. */
function postForged(page: Page): Promise<Response> {
  const port = new URL(page.url()).searchParams.get('port');
  const body = new URLSearchParams({ state: 'A'.repeat(43), sealed: 'forged' });
  return fetch(`http://127.0.0.1:${port}/hand-over`, { method: 'POST', body });
}

/** At the login page of Access, and on to where it leads. */
async function logIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: you }).click();
  await page.waitForURL((url) => url.pathname === '/hand-over');
}

/** Without a password: only what lets the device in has ended. */
async function signInAgain(): Promise<void> {
  const { command, page } = await beginSignIn();
  await logIn(page);
  await page.getByRole('button').click();
  assert.equal((await command.ended).exitCode, 0, command.printed().stderr);
  await page.close();
}

test('[HND-5] [ACC-6] a person signs a device in through their browser, where the login stands before the server', async () => {
  const { command, page, code } = await beginSignIn({ DATAANS_PASSWORD: password });
  await logIn(page);
  const shown = await page.innerText('body');
  assert.ok(code !== '' && shown.includes(code), shown);
  assert.ok(!seen.some(({ token }) => token !== null), 'nothing was handed over unasked');
  assert.equal((await postForged(page)).status, 403);
  await page.getByRole('button').click();
  const { exitCode, stdout, stderr } = await command.ended;
  assert.equal(exitCode, 0, stderr);
  await page.getByText('close this window').waitFor();
  await page.close();

  await laptop.done(['space', 'add', 'Inbox']);
  await laptop.done(['sync']);
  const tokens = new Set(seen.flatMap(({ token }) => token ?? []));
  const [token = ''] = tokens;
  assert.equal(tokens.size, 1);
  assert.match(token, /^eyJ/);
  assert.ok(seen.every((request) => request.token === null || request.isScript)); // ACC-6
  for (const text of [
    stdout,
    stderr,
    ...seen.map(({ url }) => url),
    behind.server().program.printed().stderr,
  ])
    assert.ok(!text.includes(token.slice(0, 40)), text);
  const { mode } = await stat(join(laptop.home, 'credentials.json'));
  assert.equal(mode & 0o777, 0o600);
});

test('[SYN-17] a session that ended is told from being offline, keeps what waits, and goes on after signing in again', async () => {
  behind.edge.sessions.end();
  await laptop.done(['note', 'add', 'written meanwhile', '--space', 'Inbox']);
  const { exitCode, stderr } = await laptop.run(['sync']);
  assert.equal(exitCode, 3, stderr);
  const [, command = ''] = /(dataans .*sign-in [^\s,]+), then sync/.exec(stderr) ?? [];
  assert.ok(command.endsWith(`sign-in ${behind.address}`), stderr);
  const { stdout: status } = await laptop.done(['status']);
  assert.match(status, /to send +1 change/);
  assert.match(status, /session +expired/);

  await signInAgain();
  assert.match((await laptop.done(['status'])).stdout, /session +active until/);
  assert.match((await laptop.done(['sync'])).stdout, /^Sent 1 change/);
});

test('[SYN-17] a watch pauses when its session ends, and goes on by itself after signing in elsewhere', async () => {
  const watching = laptop.start(['sync', '--watch']);
  const line = (text: string) => watching.waitForLine((printed) => printed.includes(text));
  await line('Connected.');
  await (await person.openPage(`${behind.address}/cdn-cgi/access/logout`)).close();
  await laptop.done(['note', 'add', 'while it pauses', '--space', 'Inbox']);
  assert.match(await line('Paused:'), new RegExp(`sign-in ${behind.address}`));
  await signInAgain();
  await line('Sent 1 change');
  watching.kill('SIGINT');
  assert.equal((await watching.ended).exitCode, 0, watching.printed().stderr);
});

test('[SYN-17] a server that is down behind the edge is told from a session that ended', async () => {
  await behind.server().stop();
  const { exitCode, stderr } = await laptop.run(['sync']);
  assert.equal(exitCode, 5, stderr);
  await behind.restartServer();
  await laptop.done(['sync']);
});
