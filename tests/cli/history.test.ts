import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before as beforeAll, test } from 'node:test';
import type { CapturedOptions } from '../../packages/cli/src/testing/run-captured.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let address = '';
let passphrase = '';

beforeAll(async () => {
  world = await createWorld();
  address = await world.startServer('server');
  passphrase = await world.signIn(address, 'base');
});

after(() => world.close());

/** A device of its own, not synced with the others unless told. */
async function device(name: string) {
  await world.succeed(name, ['sign-in', address, '--device', name], {
    environment: { DATAANS_PASSPHRASE: passphrase },
  });
  const run = (...args: readonly string[]): Promise<string> => world.succeed(name, args);
  const json = async (...args: readonly string[]): Promise<Json> =>
    // Each test then looks at what it needs of it.
    JSON.parse(await run(...args, '--json')) as Json;
  const list = async (...args: readonly string[]): Promise<readonly Listed[]> =>
    JSON.parse(await run(...args, '--json')) as readonly Listed[];
  return {
    run,
    json,
    fail: (args: readonly string[], options: CapturedOptions = {}) => world.dataans(name, args, options),
    add: async (text: string, space: string): Promise<string> =>
      (await run('note', 'add', text, '--space', space)).trim(),
    list,
    texts: async (): Promise<readonly string[]> =>
      (await list('note', 'list')).map(({ title }) => title).toSorted(),
  };
}

interface Listed {
  readonly id: string;
  readonly title: string;
}

interface Json {
  readonly [name: string]: unknown;
  readonly revisions: readonly {
    readonly revision: number;
    readonly device: { readonly name: string };
    readonly changes: readonly { readonly kind: string }[];
  }[];
}

/** Now; everything that comes after is later. */
async function momentHere(): Promise<string> {
  const moment = new Date().toISOString();
  while (new Date().toISOString() === moment) await new Promise(setImmediate);
  return moment;
}

test('[HIS-1] [HIS-3] a history is a table, the latest first, of number, time, device and change', async () => {
  const { run, json, add, fail } = await device('historian');
  await run('space', 'add', 'Inbox');
  await run('space', 'add', 'Later');
  const id = await add('milk', 'Inbox');
  await run('note', 'edit', id, 'milk\neggs');
  await run('note', 'move', id, 'Later');
  await run('note', 'pin', id);
  await run('note', 'remove', id);
  const rows = (await run('history', id)).trimEnd().split('\n');
  const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`;
  const expected = [
    'deleted',
    'pinned',
    'moved from “Inbox” to “Later”',
    String.raw`text \+1`,
    String.raw`created, text \+1`,
  ];
  assert.equal(rows.length, expected.length);
  for (const [index, change] of expected.entries())
    assert.match(rows[index] ?? '', new RegExp(`^${5 - index}  ${time}  historian  ${change}$`));
  const { revisions, ...about } = await json('history', id.slice(0, 8));
  assert.deepEqual(about, { id, kind: 'note', title: 'milk', deleted: true });
  assert.deepEqual(
    revisions.map(({ revision, device: { name }, changes }) => [revision, name, changes[0]?.kind]),
    [
      [5, 'historian', 'deleted'],
      [4, 'historian', 'pinned'],
      [3, 'historian', 'moved'],
      [2, 'historian', 'text'],
      [1, 'historian', 'created'],
    ],
  );
  assert.equal(await run('history', id, '--revision', '1'), 'milk');
  assert.equal(await run('history', id, '--revision', '2'), 'milk\neggs');
  const { exitCode, stderr } = await fail(['history', id, '--revision', '6']);
  assert.equal(exitCode, 1);
  assert.match(stderr, /The note has no revision 6\. Its last one is 5\./);
});

test('[HIS-3] revisions that two devices made apart say so, on both the same', async () => {
  const one = await device('laptop');
  await one.run('space', 'add', 'Apart');
  const id = await one.add('one\ntwo\nthree', 'Apart');
  await one.run('sync');
  const other = await device('phone');
  await other.run('sync');
  await one.run('note', 'edit', id, '1\ntwo\nthree');
  await other.run('note', 'edit', id, 'one\ntwo\n3');
  await one.run('sync');
  await other.run('sync');
  await one.run('sync');
  const history = await one.run('history', id);
  assert.equal(await other.run('history', id), history);
  assert.match(history, /^3 .* phone +text \+1 −1 \(made on 1, apart from 2\)$/m);
  await one.run('note', 'edit', id, 'settled');
  assert.match(await one.run('history', id), /^4 .* laptop +settled 2 and 3, text \+1 −3$/m);
});

test('[HIS-4] [HIS-6] a revision is restored once, and another device receives it as a change', async () => {
  const one = await device('restorer');
  await one.run('space', 'add', 'Drafts');
  const id = await one.add('first', 'Drafts');
  await one.run('note', 'edit', id, 'second');
  assert.match(await one.run('restore', id, '--revision', '1'), /^Restored “first” to revision 1\.$/m);
  assert.equal(await one.run('note', 'show', id), 'first');
  assert.match(await one.run('restore', id, '--revision', '1'), /already/);
  assert.equal((await one.json('restore', id, '--revision', '1'))['changed'], false);
  assert.equal((await one.json('history', id)).revisions.length, 3);
  await one.run('sync');
  const other = await device('receiver');
  await other.run('sync');
  assert.equal(await other.run('note', 'show', id), 'first');
});

test('[HIS-11] what was deleted is in the trash, and comes back from there', async () => {
  const { run, json, list, add, texts, fail } = await device('gardener');
  await run('space', 'add', 'Recipes');
  const before = await add('deleted before', 'Recipes');
  const soup = await add('soup', 'Recipes');
  await add('bread', 'Recipes');
  await run('note', 'remove', before);
  await run('space', 'remove', 'Recipes');
  const listed = (await run('trash', 'list')).trimEnd().split('\n');
  assert.match(listed[0] ?? '', /^[\da-f]{8}  .*  space  Recipes$/);
  assert.match(listed.at(-1) ?? '', /  note   deleted before  in Recipes$/);
  assert.equal(listed.length, 4);
  assert.equal((await run('trash', 'list', '--limit', '2')).trimEnd().split('\n').length, 2);
  assert.equal((await list('trash', 'list', '--space', 'Recipes')).length, 4);
  assert.match((await fail(['note', 'show', soup])).stderr, /in the trash.*dataans --home \S+ note restore/s);
  assert.match(
    (await fail(['note', 'list', '--space', 'Recipes'])).stderr,
    /dataans --home \S+ space restore Recipes/,
  );

  assert.match(
    await run('note', 'restore', before.slice(0, 8)),
    /Restored “deleted before” in “Recipes”, which was/,
  );
  assert.deepEqual(await texts(), ['deleted before']);
  assert.match(await run('note', 'restore', before), /not in the trash/);
  await run('space', 'remove', 'Recipes');
  assert.match(await run('space', 'restore', 'recipes'), /Restored “Recipes” with 1 note\./);
  assert.deepEqual(await texts(), ['deleted before']);
  assert.deepEqual(await json('space', 'restore', 'Recipes'), {
    id: (await list('space', 'list'))[0]?.id,
    name: 'Recipes',
    changed: false,
    notes: 0,
    inTrash: 2,
  });
  const absent = await fail(['space', 'restore', 'Nowhere']);
  assert.deepEqual([absent.exitCode, absent.stdout], [1, '']);
  assert.equal((await fail(['note', 'restore', 'ffffffff'])).exitCode, 1);
});

test('[HIS-6] a restored note has its attachments', async () => {
  const { run } = await device('keeper');
  const path = join(world.folder, 'photo.bin');
  const content = Buffer.from('not a photo\u0000');
  await writeFile(path, content);
  await run('space', 'add', 'Photos');
  const id = (await run('note', 'add', 'look', '--space', 'Photos', '--file', path)).trim();
  await run('space', 'remove', 'Photos');
  await run('note', 'restore', id);
  const out = join(world.folder, 'photos-out');
  await run('export', out);
  assert.deepEqual(await readFile(join(out, 'Photos', 'look.files', 'photo.bin')), content);
});

test('[HIS-7] [HIS-8] everything, one space, or what was deleted is restored to a time; a dry run changes nothing', async () => {
  const { run, json, add, texts } = await device('traveller');
  await run('space', 'add', 'Recipes');
  await run('space', 'add', 'Diary');
  const soup = await add('soup', 'Recipes');
  const day = await add('monday', 'Diary');
  const at = await momentHere();
  await run('note', 'edit', day, 'tuesday');
  await run('note', 'edit', soup, 'soap');
  await run('space', 'remove', 'Recipes');
  await add('new', 'Diary');

  const dry = await json('restore', '--at', at, '--dry-run');
  assert.deepEqual(dry['notes'], { restored: 1, reverted: 1, deleted: 1 });
  assert.deepEqual(dry['spaces'], { restored: 1, reverted: 0, deleted: 0 });
  assert.match(
    await run('restore', '--at', at, '--dry-run'),
    /Would restore from the trash: 1 note, 1 space\./,
  );
  assert.deepEqual(await texts(), ['new', 'tuesday']);

  assert.match(await run('restore', '--at', at, '--deleted'), /Restored from the trash: 1 note, 1 space\./);
  assert.deepEqual(await texts(), ['new', 'soap', 'tuesday']);
  await run('restore', '--at', at, '--space', 'Recipes');
  assert.deepEqual(await texts(), ['new', 'soup', 'tuesday']);
  const last = await run('restore', '--at', at);
  assert.match(last, /Changed back: 1 note\.\nMoved to the trash: 1 note that didn't exist then\./);
  assert.deepEqual(await texts(), ['monday', 'soup']);
  assert.match(await run('restore', '--at', at), /Nothing has changed since/);
});

test('[HIS-7] a space that was not there then is refused, and one is found by its name then', async () => {
  const { run, fail, texts, add } = await device('renamer');
  const early = await momentHere();
  await run('space', 'add', 'Old');
  await add('kept', 'Old');
  const at = await momentHere();
  await run('space', 'rename', 'Old', 'New');
  await add('since', 'New');
  const { exitCode, stderr } = await fail(['restore', '--at', early, '--space', 'Old']);
  assert.equal(exitCode, 1);
  assert.match(stderr, /There was no space called “Old” on/);
  await run('restore', '--at', at, '--space', 'New');
  assert.deepEqual(await texts(), ['kept']);
  await run('restore', '--at', at, '--space', 'old');
  assert.deepEqual(await texts(), ['kept']);
});

test('[HIS-7] much is asked for where somebody can answer, and not twice with --yes', async () => {
  const { run, fail, texts } = await device('asked');
  const folder = join(world.folder, 'many');
  await mkdir(folder);
  for (let number = 0; number < 25; number += 1) await writeFile(join(folder, `${number}.md`), `${number}`);
  await run('import', folder);
  const at = await momentHere();
  await run('space', 'remove', 'many');
  const question = 'Restore to';
  const no = await fail(['restore', '--at', at], { isTerminal: true, answers: [[question, 'n']] });
  assert.equal(no.exitCode, 1);
  assert.match(no.stderr, /Would restore from the trash: 25 notes, 1 space\./);
  assert.match(no.stderr, /Nothing was changed/);
  assert.equal((await texts()).length, 0);
  const yes = await fail(['restore', '--at', at], { isTerminal: true, answers: [[question, 'y']] });
  assert.equal(yes.exitCode, 0);
  assert.match(yes.stderr, /To undo this: dataans --home \S+ restore --at \S+Z/);
  assert.equal((await texts()).length, 25);
  const undo = /restore --at (\S+Z)/.exec(yes.stderr)?.[1] ?? '';
  await fail(['restore', '--at', undo, '--yes'], { isTerminal: true });
  assert.equal((await texts()).length, 0);
});

test('[HIS-12] what does not go together, and what is no time, is wrong usage', async () => {
  const { fail } = await device('confused');
  const wrong = [
    ['restore'],
    ['restore', 'abcd'],
    ['restore', '--revision', '2'],
    ['restore', 'abcd', '--at', 'yesterday'],
    ['restore', 'abcd', '--revision', '0'],
    ['restore', 'abcd', '--revision', '2', '--dry-run'],
    ['restore', '--at', 'the day before'],
    ['restore', '--at', ''],
    ['export', 'out', '--at', '2026-02-30'],
  ];
  for (const args of wrong) {
    const { exitCode, stdout, stderr } = await fail(args);
    assert.deepEqual([exitCode, stdout], [2, ''], `${args.join(' ')}: ${stderr}`);
  }
  assert.match(
    (await fail(['restore', '--at', 'soon'])).stderr,
    /Can't read “soon” as a time\.\nWrite it like one of: .*2 hours ago/,
  );
  assert.equal((await fail(['history', 'abcd'])).exitCode, 1);
});

test('[HIS-9] an export of a time holds what was there then', async () => {
  const { run, json } = await device('exporter');
  const folder = join(world.folder, 'source');
  await mkdir(folder);
  await writeFile(join(folder, 'a.md'), 'as it was');
  await run('import', folder);
  const at = await momentHere();
  await writeFile(join(folder, 'a.md'), 'as it is');
  await writeFile(join(folder, 'b.md'), 'new');
  await run('import', folder);
  const out = join(world.folder, 'then');
  const report = await json('export', out, '--at', at);
  assert.deepEqual([report['at'], report['notes']], [at, 1]);
  assert.equal(await readFile(join(out, 'a.md'), 'utf8'), 'as it was');
  assert.match(
    await run('export', join(world.folder, 'then-json'), '--format', 'json', '--at', at),
    /as it was on/,
  );
});

test('[GRD-2] a sync that takes many notes says so, and what to do; the command that it names brings them back', async () => {
  const one = await device('deleter');
  const folder = join(world.folder, 'guarded');
  await mkdir(folder);
  for (let number = 0; number < 30; number += 1) await writeFile(join(folder, `${number}.md`), `${number}`);
  await one.run('import', folder);
  await one.run('sync');
  const other = await device('guarded');
  await other.run('sync');
  const before = await other.texts();
  await one.run('space', 'remove', 'guarded');
  await one.run('sync');

  const report = await other.json('sync');
  const found = report['massDeletion'] as { readonly deleted: number; readonly before: string };
  assert.equal(found.deleted, 30);
  const status = await other.run('status');
  assert.match(status, /^deleted +Other devices deleted 30 of your \d+ notes\.$/m);
  assert.deepEqual((await other.json('status'))['massDeletion'], found);
  const [, command = ''] =
    /To bring them back: dataans --home \S+ (restore --at \S+ --deleted)/.exec(status) ?? [];
  assert.equal(command, `restore --at ${found.before} --deleted`);
  await other.run(...command.split(' '));
  assert.deepEqual(await other.texts(), before);
  assert.match(await other.run('status'), /Other devices deleted/);
  assert.doesNotMatch(await other.run('status', '--acknowledge'), /Other devices deleted/);
  assert.equal((await other.json('status'))['massDeletion'], null);
  await other.run('sync');
  await one.run('sync');
  assert.deepEqual(await one.texts(), before);
});

test('what is in the trash is what a shell completes for restoring, and nothing else', async () => {
  const { run, add } = await device('completer');
  await run('space', 'add', 'Kept');
  await run('space', 'add', 'Gone space');
  const gone = await add('gone', 'Gone space');
  const kept = await add('kept', 'Kept');
  await run('space', 'remove', 'Gone space');
  const completed = async (...words: readonly string[]): Promise<string> => run('complete', '--', ...words);
  for (const typed of ['', gone.slice(0, 4)])
    assert.equal(await completed('note', 'restore', typed), `${gone.slice(0, 8)}\tgone\n`);
  assert.equal(await completed('note', 'restore', kept.slice(0, 8)), '');
  assert.match(await completed('space', 'restore', ''), /^Gone space\t\d{4}-\d\d-\d\d \d\d:\d\d\n$/);
  assert.equal(await completed('note', 'show', ''), `${kept.slice(0, 8)}\tkept\n`);
  assert.equal(await completed('note', 'show', kept.slice(0, 4)), `${kept.slice(0, 8)}\tkept\n`);
  assert.equal(await completed('space', 'remove', ''), 'Kept\t1 note\n');
});

test('[CLI-7] names from elsewhere cannot control the terminal in histories and in the trash', async () => {
  const { run, list, add } = await device('hostile');
  await run('space', 'add', 'a\u001b[31m');
  const space = (await list('space', 'list'))[0]?.id ?? '';
  const id = await add('\u001b]0;title\u0007', space);
  await run('space', 'rename', space, 'b\u001b[2J');
  await run('space', 'add', 'Plain');
  await run('note', 'move', id, 'Plain');
  await run('note', 'remove', id);
  const options: CapturedOptions = { isTerminal: true, environment: { NO_COLOR: '1' } };
  for (const args of [
    ['history', id],
    ['history', space],
    ['history', id, '--revision', '1'],
    ['trash', 'list'],
  ]) {
    const shown = await world.succeed('hostile', args, options);
    assert.ok(!shown.includes('\u001b'), JSON.stringify(shown));
  }
  assert.ok(!(await run('history', space)).includes('\u001b'));
});
