import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorld, type World } from './world.ts';

let world: World;

before(async () => {
  world = await createWorld();
  await world.signIn(await world.startServer('server'), 'a', 'b');
  await world.succeed('a', ['space', 'add', 'Inbox']);
});

after(() => world.close());

test('a sync says what it sent and received, and the next one that nothing is new', async () => {
  await world.succeed('b', ['sync']);
  await world.succeed('a', ['sync']);
  await world.succeed('a', ['note', 'add', 'one', '--space', 'Inbox']);
  assert.equal(await world.succeed('a', ['sync']), 'Sent 1 change, received 0.\n');
  assert.equal(await world.succeed('b', ['sync']), 'Sent 0 changes, received 2.\n');
  assert.equal(await world.succeed('b', ['sync']), 'Nothing new.\n');
});

test('[CLI-1] every command that prints data prints one JSON document', async () => {
  const folder = join(world.folder, 'json-notes');
  await mkdir(folder);
  await writeFile(join(folder, 'x.md'), 'x');
  const note = JSON.parse(
    await world.succeed('a', ['note', 'add', 'json', '--space', 'Inbox', '--json']),
  ) as {
    id: string;
  };
  const calls: readonly (readonly string[])[] = [
    ['space', 'add', 'Json'],
    ['space', 'list'],
    ['space', 'rename', 'Json', 'JSON'],
    ['space', 'remove', 'JSON'],
    ['note', 'list'],
    ['note', 'show', note.id],
    ['note', 'edit', note.id, 'other'],
    ['note', 'pin', note.id],
    ['search', 'other'],
    ['import', folder],
    ['note', 'move', note.id, 'json-notes'],
    ['note', 'remove', note.id],
    ['sync'],
    ['status'],
    ['passphrase'],
    ['export', join(world.folder, 'json-out'), '--format', 'json'],
    ['sign-out'],
  ];
  for (const call of calls) {
    const { exitCode, stdout, stderr } = await world.dataans('a', [...call, '--json']);
    assert.equal(exitCode, 0, `${call.join(' ')}: ${stderr}`);
    assert.equal(stderr, '', call.join(' '));
    assert.equal(typeof JSON.parse(stdout), 'object', call.join(' '));
  }
});

test('both sides of an edit of the same line are in the note, and the list marks it', async () => {
  const address = await world.startServer('conflict-server');
  await world.signIn(address, 'left', 'right');
  await world.succeed('left', ['space', 'add', 'Shared']);
  const id = (await world.succeed('left', ['note', 'add', 'base\n', '--space', 'Shared'])).trim();
  await world.succeed('left', ['sync']);
  await world.succeed('right', ['sync']);
  await world.succeed('left', ['note', 'edit', id, 'from left\n']);
  await world.succeed('right', ['note', 'edit', id, 'from right\n']);
  await world.succeed('left', ['sync']);
  assert.match(
    await world.succeed('right', ['sync']),
    /^Merged 1 item changed on several devices at once\.$/m,
  );
  await world.succeed('left', ['sync']);
  const texts = await Promise.all(
    ['left', 'right'].map((device) => world.succeed(device, ['note', 'show', id])),
  );
  assert.equal(texts[0], texts[1]);
  assert.match(texts[0] ?? '', /from left/);
  assert.match(texts[0] ?? '', /from right/);
  assert.match(await world.succeed('right', ['note', 'list']), / ! /);
});

test('[LIM-1] a note that merged into more than one change holds goes everywhere, and can be shortened', async () => {
  await world.signIn(await world.startServer('large-server'), 'early', 'late');
  await world.succeed('early', ['space', 'add', 'Shared']);
  const id = (await world.succeed('early', ['note', 'add', 'base', '--space', 'Shared'])).trim();
  await world.succeed('early', ['sync']);
  await world.succeed('late', ['sync']);
  const sides = { early: 'e'.repeat(600_000), late: 'l'.repeat(600_000) };
  for (const [device, input] of Object.entries(sides))
    await world.succeed(device, ['note', 'edit', id, '-'], { input });
  for (const device of ['early', 'late', 'early']) await world.succeed(device, ['sync']);
  const merged = await world.succeed('early', ['note', 'show', id]);
  assert.ok(merged.includes(sides.early) && merged.includes(sides.late));

  await world.succeed('early', ['note', 'pin', id]);
  for (const device of ['early', 'late']) await world.succeed(device, ['sync']);
  for (const device of ['early', 'late'])
    assert.equal(await world.succeed(device, ['note', 'show', id]), merged);
  const out = join(world.folder, 'large-out');
  await world.succeed('late', ['export', out]);
  const [name = ''] = await readdir(join(out, 'Shared'));
  assert.equal(await readFile(join(out, 'Shared', name), 'utf8'), merged);

  await world.succeed('early', ['note', 'edit', id, 'short']);
  await world.succeed('early', ['note', 'pin', id]);
  await world.succeed('early', ['sync']);
  await world.succeed('late', ['sync']);
  assert.equal(await world.succeed('late', ['note', 'show', id]), 'short');
});

const needsKeys = [
  ['sync'],
  ['sync', '--watch'],
  ['space', 'add', 'x'],
  ['note', 'add', 'x', '--space', 'Shared'],
  ['import', '.'],
  ['export', 'x'],
] as const;

test('[CLI-2] without keys, changes and syncs end with 3, and what is here can be read', async () => {
  await world.succeed('left', ['sign-out']);
  for (const args of needsKeys) {
    const { exitCode, stderr } = await world.dataans('left', args);
    assert.equal(exitCode, 3, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, /^Sign in with: dataans --home \S*left sign-in http:\S+$/m);
  }
  assert.match(await world.succeed('left', ['note', 'list']), /./);
  assert.match(await world.succeed('left', ['status']), /Not signed in/);
});

test('[CLI-2] where there is no home, every command but sign-in ends with 3 and makes none', async () => {
  const reads = [
    ['note', 'list'],
    ['note', 'show', 'abc'],
    ['space', 'list'],
    ['search', 'x'],
    ['status'],
    ['passphrase'],
    ['sign-out', '--erase'],
  ];
  await mkdir(join(world.folder, 'no-home'));
  for (const device of ['nobody', 'no-home'])
    for (const args of [...needsKeys, ...reads]) {
      const { exitCode, stdout, stderr } = await world.dataans(device, args);
      assert.deepEqual([exitCode, stdout], [3, ''], `${args.join(' ')}: ${stderr}`);
      assert.match(stderr, /No Dataans data in .*\nSign in with: dataans --home .* sign-in URL/);
    }
  assert.ok(!existsSync(join(world.folder, 'nobody')));
  assert.deepEqual(await readdir(join(world.folder, 'no-home')), []);
  assert.match(await world.succeed('b', ['status']), /Everything here is on the server\./);
});

test('[CLI-2] a server that went away ends with 5, and what waits is kept', async () => {
  const lonely = await createWorld();
  try {
    await lonely.signIn(await lonely.startServer('server'), 'a');
    await lonely.succeed('a', ['space', 'add', 'Waiting']);
    await lonely.stopServers();
    const { exitCode, stderr } = await lonely.dataans('a', ['sync']);
    assert.equal(exitCode, 5, stderr);
    assert.match(await lonely.succeed('a', ['status']), /to send +\d+ changes?/);
    assert.match(await lonely.succeed('a', ['space', 'list']), /Waiting/);
  } finally {
    await lonely.close();
  }
});

test('[EXP-6] an export fetches content that is not held here, and names what an interrupted one left', async () => {
  const folder = join(world.folder, 'pictures');
  await mkdir(folder);
  await writeFile(join(folder, 'a.png'), 'picture');
  assert.match(await world.succeed('b', ['import', folder]), /1 note added \(1 with a file\)\./);
  assert.equal(await world.succeed('b', ['import', folder]), 'Nothing new.\n');
  await world.succeed('b', ['sync']);
  await rm(join(world.folder, 'b', 'chunks'), { recursive: true });
  const out = join(world.folder, 'pictures-out');
  await mkdir(`${out}.partial-Abc123`);
  assert.match(
    await world.succeed('b', ['export', out]),
    /^There is an unfinished export in .*pictures-out\.partial-Abc123\. Remove it/m,
  );
  assert.equal(await readFile(join(out, 'a.png'), 'utf8'), 'picture');
});

test('[IMP-11] an import says what it kept as it was edited and deleted since', async () => {
  const folder = join(world.folder, 'kept');
  await mkdir(folder);
  for (const name of ['edited.md', 'deleted.md', 'same.md']) await writeFile(join(folder, name), name);
  await world.succeed('b', ['import', folder]);
  const listed = JSON.parse(await world.succeed('b', ['note', 'list', '--space', 'kept', '--json'])) as {
    readonly id: string;
    readonly name: string;
  }[];
  const idOf = (name: string): string => listed.find((note) => note.name === name)?.id ?? '';
  await world.succeed('b', ['note', 'edit', idOf('edited.md'), 'mine']);
  await world.succeed('b', ['note', 'remove', idOf('deleted.md')]);
  assert.equal(
    await world.succeed('b', ['import', folder]),
    'Nothing new.\n' +
      'Kept your edits made in Dataans: 1 note.\n' +
      'Left in the trash, deleted in Dataans: 1 note.\n',
  );
  assert.equal(await world.succeed('b', ['note', 'show', idOf('edited.md')]), 'mine');
});

test('an import says what it left out, and fails where content was', async () => {
  const folder = join(world.folder, 'mixed');
  await mkdir(folder);
  await writeFile(join(folder, 'good.md'), 'good');
  await writeFile(join(folder, 'secret.md'), 'secret');
  await chmod(join(folder, 'secret.md'), 0);
  if (process.getuid?.() === 0) await chmod(join(folder, 'secret.md'), 0o600); // Nothing is closed to root.
  await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0x2e, 0x6d, 0x64])]), 'x');
  const { exitCode, stdout } = await world.dataans('b', ['import', folder]);
  assert.equal(exitCode, 1);
  assert.match(stdout, /^Skipped: \\xff\.md: Its name isn't UTF-8/m);
  assert.match(await world.succeed('b', ['note', 'list', '--space', 'mixed']), /good\.md/);
  const empty = join(world.folder, 'empty');
  await mkdir(empty);
  const nothing = await world.dataans('b', ['import', empty]);
  assert.equal(nothing.exitCode, 1);
  assert.match(nothing.stderr, /nothing to import in empty/);
});

test('[CLI-5] an interrupted import keeps what it had done, and goes on the next time', async () => {
  const folder = join(world.folder, 'long');
  await mkdir(folder);
  for (let index = 0; index < 50; index += 1) await writeFile(join(folder, `${index}.md`), `note ${index}`);
  const interruption = new AbortController();
  interruption.abort();
  const stopped = await world.dataans('b', ['import', folder], { interrupt: interruption.signal });
  assert.equal(stopped.exitCode, 130);
  assert.match(await world.succeed('b', ['import', folder]), /50 notes added/);
});
