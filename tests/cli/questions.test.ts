import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createWorld, password, type World } from './world.ts';

let world: World;
let address = '';
let passphrase = '';

const unset = { DATAANS_PASSWORD: '', NO_COLOR: '1' };

before(async () => {
  world = await createWorld();
  address = await world.startServer('server');
  passphrase = await world.signIn(address, 'a');
});

after(() => world.close());

test('a new account asks twice for the password, and does not show it', async () => {
  const fresh = await world.startServer('fresh');
  const { exitCode, stdout, stderr } = await world.dataans('fresh-device', ['sign-in', fresh], {
    environment: unset,
    isTerminal: true,
    answers: [
      ['Choose a password:', 'new secret'],
      ['Repeat the password:', 'new secret'],
    ],
  });
  assert.equal(exitCode, 0, stderr);
  assert.match(stderr, /has no account yet/);
  assert.match(stdout, /Your passphrase:\n\n {2}([a-z]+ ){6}[a-z]+\n\nSave it now/);
  assert.ok(!(stdout + stderr).includes('new secret'));
});

test('two passwords that differ make no account', async () => {
  const fresh = await world.startServer('differing');
  const { exitCode, stderr } = await world.dataans('differing-device', ['sign-in', fresh], {
    environment: unset,
    isTerminal: true,
    answers: [
      ['Choose a password:', 'one'],
      ['Repeat the password:', 'two'],
    ],
  });
  assert.equal(exitCode, 2);
  assert.match(stderr, /The passwords don't match/);
  assert.match(await world.succeed('differing-device', ['sign-in', fresh]), /Your passphrase:/);
});

test('an existing account asks for the password once, and for the passphrase', async () => {
  const { exitCode, stderr } = await world.dataans('b', ['sign-in', address], {
    environment: unset,
    isTerminal: true,
    answers: [
      ['Password:', password],
      ['Passphrase:', passphrase],
    ],
  });
  assert.equal(exitCode, 0, stderr);
  assert.match(stderr, /Get your notes from the server with: dataans (?:--home \S+ )?sync/);
});

test('removing a space with notes is asked back, and no means no', async () => {
  await world.succeed('a', ['space', 'add', 'Dear']);
  await world.succeed('a', ['note', 'add', 'x', '--space', 'Dear']);
  const answer = (typed: string) =>
    world.dataans('a', ['space', 'remove', 'Dear'], {
      isTerminal: true,
      environment: { NO_COLOR: '1' },
      answers: [['Delete “Dear” and its 1 note?', typed]],
    });
  assert.equal((await answer('n')).exitCode, 1);
  assert.match(await world.succeed('a', ['space', 'list']), /Dear/);
  assert.equal((await answer('y')).exitCode, 0);
  assert.doesNotMatch(await world.succeed('a', ['space', 'list']), /Dear/);
});

test('signing out with changes that were not sent is asked back', async () => {
  await world.succeed('a', ['space', 'add', 'Unsent']);
  const { exitCode, stderr } = await world.dataans('a', ['sign-out'], {
    isTerminal: true,
    answers: [['reached the server', 'n']],
  });
  assert.equal(exitCode, 1);
  assert.match(stderr, /Nothing was changed/);
  await world.succeed('a', ['space', 'add', 'More']);
});

test('erasing a device is asked back even if nothing waits, and --yes asks nothing', async () => {
  await world.succeed('erased', ['sign-in', address], { environment: { DATAANS_PASSPHRASE: passphrase } });
  await world.succeed('erased', ['sync']);
  const erase = (...options: readonly string[]) =>
    world.dataans('erased', ['sign-out', '--erase', ...options], {
      isTerminal: true,
      answers: options.length > 0 ? [] : [['This removes all notes', 'n']],
    });
  const refused = await erase();
  assert.equal(refused.exitCode, 1);
  assert.match(refused.stderr, /Nothing was changed/);
  assert.match((await erase('--yes')).stdout, /Signed out and erased/);
});

test('[CLI-5] Ctrl-C in a question ends the command and changes nothing', async () => {
  const { exitCode } = await world.dataans('c', ['sign-in', address], {
    environment: unset,
    isTerminal: true,
    answers: [['Password:', '\u0003']],
  });
  assert.equal(exitCode, 130);
  assert.equal((await world.dataans('c', ['passphrase'])).exitCode, 3);
});
