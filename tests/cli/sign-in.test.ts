import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorld, password, type World } from './world.ts';

let world: World;
let address = '';
let passphrase = '';

before(async () => {
  world = await createWorld();
  address = await world.startServer('server');
  passphrase = await world.signIn(address, 'laptop');
});

after(() => world.close());

test('[CLI-9] a new server gets an account, and its passphrase is printed once', async () => {
  const other = await world.startServer('new-server');
  const first: unknown = JSON.parse(await world.succeed('new', ['sign-in', other, '--json']));
  const passphraseOnce = (await world.succeed('new', ['passphrase'])).trim();
  assert.match(passphraseOnce, /^([a-z]+ ){6}[a-z]+$/);
  const expected = { server: other, device: 'test-device', account: 'created', passphrase: passphraseOnce };
  assert.deepEqual(first, expected);
  const again = await world.succeed('new', ['sign-in', other]);
  assert.ok(!again.includes(passphraseOnce), again);
});

test('[CLI-9] who gives a passphrase to a server without an account is told that this made one', async () => {
  const emptied = await world.startServer('emptied-server');
  const own = { environment: { DATAANS_PASSPHRASE: passphrase } };
  assert.match(
    await world.succeed('first-there', ['sign-in', emptied], own),
    /had no account, so a new one was created/,
  );
  assert.doesNotMatch(await world.succeed('next-there', ['sign-in', emptied], own), /no account/);
});

test('[ACC-9] signing in again without a password asks for none, and keeps the account, its keys and its device', async () => {
  const environment = { DATAANS_PASSWORD: '' };
  const again: unknown = JSON.parse(
    await world.succeed('laptop', ['sign-in', address, '--json'], { environment }),
  );
  assert.deepEqual(again, { server: address, device: 'laptop', account: 'unchanged', passphrase: null });
  assert.equal(await world.succeed('laptop', ['passphrase']), `${passphrase}\n`);
  const elsewhere = await world.dataans('laptop', ['sign-in', await world.startServer('empty')], {
    environment,
  });
  assert.equal(elsewhere.exitCode, 2, elsewhere.stderr);
});

test('[CLI-8] signing in again keeps the device, and wrong secrets change nothing', async () => {
  const status = await world.succeed('laptop', ['status', '--json']);
  await world.succeed('laptop', ['sign-in', address, '--device', 'laptop']);
  const wrong = await world.dataans('laptop', ['sign-in', address], {
    environment: { DATAANS_PASSWORD: 'wrong' },
  });
  assert.equal(wrong.exitCode, 4);
  const device = (text: string): unknown => (JSON.parse(text) as { device: unknown }).device;
  assert.deepEqual(device(await world.succeed('laptop', ['status', '--json'])), device(status));
});

const ways: readonly (readonly [
  way: string,
  options: () => Promise<readonly string[]> | readonly string[],
])[] = [
  ['--passphrase', () => ['--passphrase', passphrase]],
  [
    '--passphrase-file',
    async () => {
      await writeFile(join(world.folder, 'words.txt'), `${passphrase}\n`);
      return ['--passphrase-file', join(world.folder, 'words.txt')];
    },
  ],
  ['--profile', () => ['--profile', join(world.folder, 'laptop', 'profile.json')]],
];

for (const [way, options] of ways) {
  test(`the passphrase of an existing account is taken from ${way}`, async () => {
    const { exitCode, stderr } = await world.dataans(`by${way}`, ['sign-in', address, ...(await options())]);
    assert.equal(exitCode, 0, stderr);
    assert.equal(stderr.includes('Warning: other users of this machine can see'), way === '--passphrase');
  });
}

test('the password is taken from what is piped in, without its line end', async () => {
  await world.succeed('piped', ['sign-in', address, '--password-stdin'], {
    input: `${password}\n`,
    environment: { DATAANS_PASSWORD: '', DATAANS_PASSPHRASE: passphrase },
  });
});

test('the profile can be read by its owner only', async () => {
  const path = join(world.folder, 'laptop', 'profile.json');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.ok(!(await readFile(path, 'utf8')).includes(password));
});

test('[CLI-6] without a terminal and without a password it says what to set', async () => {
  const { exitCode, stderr } = await world.dataans('nobody', ['sign-in', address], {
    environment: { DATAANS_PASSWORD: '' },
  });
  assert.equal(exitCode, 2);
  assert.match(stderr, /DATAANS_PASSWORD.*--password-stdin/);
});

test('a file of secrets that is not there is wrong usage, said in a sentence', async () => {
  for (const option of ['--passphrase-file', '--profile']) {
    const ended = await world.dataans('nobody', ['sign-in', address, option, 'nowhere']);
    assert.deepEqual([ended.exitCode, ended.stderr], [2, "There's no file nowhere.\n"], option);
  }
});

const refused: readonly (readonly [
  what: string,
  exitCode: number,
  sentence: RegExp,
  environment: () => Record<string, string>,
])[] = [
  [
    'a wrong password',
    4,
    /^Wrong password or passphrase/m,
    () => ({ DATAANS_PASSWORD: 'x', DATAANS_PASSPHRASE: passphrase }),
  ],
  ['a wrong passphrase', 4, /^Wrong password or passphrase/m, () => ({ DATAANS_PASSPHRASE: 'my own words' })],
  [
    'a passphrase with a typo',
    4,
    /The word “\w+zz” looks mistyped/,
    () => ({ DATAANS_PASSPHRASE: passphrase.replace(/\w+$/, (word) => `${word}zz`) }),
  ],
  ['no passphrase', 2, /already has an account/, () => ({})],
];

for (const [what, exitCode, sentence, environment] of refused) {
  test(`[CLI-2] [CLI-8] ${what} is refused in a sentence that holds no secret`, async () => {
    const secrets = environment();
    const ended = await world.dataans('stranger', ['sign-in', address], { environment: secrets });
    assert.equal(ended.exitCode, exitCode, ended.stderr);
    assert.match(ended.stderr, sentence);
    assert.equal(ended.stdout, '');
    const given = Object.values({ DATAANS_PASSWORD: password, ...secrets }).filter((text) => text.length > 1);
    assert.ok(
      given.every((secret) => !ended.stderr.includes(secret)),
      ended.stderr,
    );
    assert.equal((await world.dataans('stranger', ['passphrase'])).exitCode, 3);
  });
}

test('[CLI-2] a server of another account is refused, and the home stays signed in to its own', async () => {
  const other = await world.startServer('other-server');
  const words = await world.signIn(other, 'other-device');
  await world.succeed('laptop', ['space', 'add', 'Mine']);
  const { exitCode, stderr } = await world.dataans('laptop', ['sign-in', other, '--passphrase', words]);
  assert.equal(exitCode, 1);
  assert.match(stderr, /a different account/);
  assert.equal(await world.succeed('laptop', ['passphrase']), `${passphrase}\n`);
});

test('[ACC-5] a credential that can be read on its way is warned of', async () => {
  const signIn = (server: string) => world.dataans('lost', ['sign-in', server, '--token', 'dat_x']);
  const elsewhere = await signIn('http://0.0.0.0:1');
  assert.match(
    elsewhere.stderr,
    /Warning: the connection to http:\/\/0\.0\.0\.0:1 isn't encrypted.* Use an https:\/\/ address/,
  );
  assert.equal(elsewhere.exitCode, 5);
  const here = await signIn('http://127.0.0.1:1');
  assert.doesNotMatch(here.stderr, /unencrypted/);
});

test('[CLI-2] no server, and what is not a Dataans server, cannot be reached', async () => {
  const page = createServer((_request, response) => response.end('<h1>Hello</h1>'));
  page.listen(0, '127.0.0.1');
  await once(page, 'listening');
  // An address of a listening TCP server.
  const { port } = page.address() as AddressInfo;
  const html = await world.dataans('lost', ['sign-in', `127.0.0.1:${port}`]);
  page.close();
  await once(page, 'close');
  const nothing = await world.dataans('lost', ['sign-in', `127.0.0.1:${port}`]);
  assert.equal(html.exitCode, 5);
  assert.match(html.stderr, /isn't a Dataans server/);
  assert.equal(nothing.exitCode, 5);
  assert.match(nothing.stderr, /nothing is listening there/);
});

for (const typed of ['ftp://notes.example.org', 'https://user:secret@notes.example.org', 'not an address']) {
  test(`[CLI-2] ${typed} is wrong usage`, async () => {
    const { exitCode, stderr } = await world.dataans('lost', ['sign-in', typed]);
    assert.equal(exitCode, 2, stderr);
  });
}

test('signing out keeps the notes and forgets the keys; erasing refuses to lose what was not sent', async () => {
  await world.signIn(await world.startServer('short-server'), 'short');
  await world.succeed('short', ['space', 'add', 'Kept']);
  await world.succeed('short', ['sign-out']);
  assert.match(await world.succeed('short', ['space', 'list']), /Kept/);
  assert.equal((await world.dataans('short', ['space', 'add', 'More'])).exitCode, 3);
  const refusal = await world.dataans('short', ['sign-out', '--erase']);
  assert.equal(refusal.exitCode, 1);
  assert.match(refusal.stderr, /hasn't reached the server/);
  await world.succeed('short', ['sign-out', '--erase', '--yes']);
  await assert.rejects(stat(join(world.folder, 'short', 'store.sqlite')), { code: 'ENOENT' });
});
