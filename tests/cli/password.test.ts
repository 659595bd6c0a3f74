import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createWorld, password, type World } from './world.ts';

let world: World;
let address = '';

before(async () => {
  world = await createWorld();
  address = await world.startServer('server');
});

after(() => world.close());

const unset = { DATAANS_PASSWORD: '', NO_COLOR: '1' };

test('[ACC-23] at a terminal the old password is asked for once and the new one twice, and none of them shows', async () => {
  await world.signIn(address, 'a');
  const { exitCode, stdout, stderr } = await world.dataans('a', ['password'], {
    environment: unset,
    isTerminal: true,
    answers: [
      ['Password:', password],
      ['Choose a password:', 'second secret'],
      ['Repeat the password:', 'second secret'],
    ],
  });
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /^Changed the password\. Your other devices keep working/);
  assert.doesNotMatch(stdout, /passphrase/);
  assert.ok(!(stdout + stderr).includes('second secret'));
});

test('[ACC-23] both passwords come from two lines or from the environment, and the last one is in force', async () => {
  const piped = await world.dataans('a', ['password', '--password-stdin'], {
    input: 'second secret\nthird secret\n',
  });
  assert.equal(piped.exitCode, 0, piped.stderr);
  const environment = { DATAANS_PASSWORD: 'third secret', DATAANS_NEW_PASSWORD: 'fourth secret' };
  await world.succeed('a', ['password'], { environment });
  const passphrase = (await world.succeed('a', ['passphrase'])).trim();
  const signIn = (given: string) =>
    world.dataans('b', ['sign-in', address], {
      environment: { DATAANS_PASSWORD: given, DATAANS_PASSPHRASE: passphrase },
    });
  assert.equal((await signIn('third secret')).exitCode, 4);
  assert.equal((await signIn('fourth secret')).exitCode, 0);
});

test('[CLI-9] a new passphrase is printed once, and shown on other devices after a sync', async () => {
  const environment = { DATAANS_PASSWORD: 'fourth secret', DATAANS_NEW_PASSWORD: 'fifth secret' };
  const { exitCode, stdout } = await world.dataans('a', ['password', '--new-passphrase', '--json'], {
    environment,
  });
  assert.equal(exitCode, 0);
  const { passphrase } = JSON.parse(stdout) as { readonly passphrase: string };
  assert.match(passphrase, /^([a-z]+ ){6}[a-z]+$/);
  assert.equal((await world.succeed('a', ['passphrase'])).trim(), passphrase);
  await world.succeed('b', ['sync']);
  assert.equal((await world.succeed('b', ['passphrase'])).trim(), passphrase);
});

test('[CLI-2] a wrong old password is 4, one line alone and a missing new password are 2, and nothing changes', async () => {
  const wrong = { DATAANS_PASSWORD: 'wrong', DATAANS_NEW_PASSWORD: 'x' };
  assert.equal((await world.dataans('a', ['password'], { environment: wrong })).exitCode, 4);
  const oneLine = await world.dataans('a', ['password', '--password-stdin'], { input: 'fifth secret\n' });
  assert.equal(oneLine.exitCode, 2);
  assert.match(oneLine.stderr, /Only one line/);
  const missing = await world.dataans('a', ['password'], {
    environment: { DATAANS_PASSWORD: 'fifth secret' },
  });
  assert.equal(missing.exitCode, 2);
  assert.equal((await world.dataans('new', ['password'])).exitCode, 3);
  const last = { DATAANS_PASSWORD: 'fifth secret', DATAANS_NEW_PASSWORD: 'sixth secret' };
  await world.succeed('a', ['password'], { environment: last });
});
