import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorld, type World } from './world.ts';

let world: World;
let address = '';

before(async () => {
  world = await createWorld();
  address = await world.startServer('server');
  await world.signIn(address, 'a', 'b');
  await world.succeed('a', ['space', 'add', 'Inbox']);
});

after(() => world.close());

/** Adds a note on device a, and gives its id. */
async function add(...args: readonly string[]): Promise<string> {
  return (await world.succeed('a', ['note', 'add', '--space', 'Inbox', ...args])).trim();
}

interface NoteJson {
  readonly id: string;
  readonly text: string;
  readonly title: string;
  readonly pinned: boolean;
  readonly date: string | null;
  readonly space: { readonly id: string; readonly name: string };
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly links: readonly { readonly href: string; readonly target: { readonly id: string } | null }[];
}

/** All there is about a note. */
async function show(id: string, device = 'a'): Promise<NoteJson> {
  // The test then looks at what it needs of it.
  return JSON.parse(await world.succeed(device, ['note', 'show', id, '--json'])) as NoteJson;
}

test('[CLI-7] a text that is piped in comes out byte for byte', async () => {
  const text = '\ufeff# Title\r\n\n  \u0007 e\u0301 👩\u200d💻 \ud83d\udc4d no newline';
  const id = (await world.succeed('a', ['note', 'add', '--space', 'Inbox'], { input: text })).trim();
  assert.equal(await world.succeed('a', ['note', 'show', id]), text);
  assert.equal((await show(id)).text, text);
});

test('[CLI-7] a text cannot control the terminal that shows it', async () => {
  const id = await add('red \u001b[31m and \u001b]0;title\u0007');
  const shown = await world.succeed('a', ['note', 'show', id], {
    isTerminal: true,
    environment: { NO_COLOR: '1' },
  });
  assert.ok(!shown.includes('\u001b'), JSON.stringify(shown));
  assert.match(shown, /Inbox/);
  const listed = await world.succeed('a', ['note', 'list'], {
    isTerminal: true,
    environment: { NO_COLOR: '1' },
  });
  assert.ok(!listed.includes('\u001b'), JSON.stringify(listed));
});

test('colours are for terminals that want them', async () => {
  const id = await add('colourful');
  const shown = (environment: Record<string, string>, isTerminal = true): Promise<string> =>
    world.succeed('a', ['note', 'show', id], { isTerminal, environment });
  assert.ok((await shown({})).includes('\u001b[2m'));
  assert.ok(!(await shown({ NO_COLOR: '1' })).includes('\u001b'));
  assert.ok(!(await shown({ TERM: 'dumb' })).includes('\u001b'));
});

test('a text that begins with a dash goes behind --, and one dash is what is piped in', async () => {
  const list = (await world.succeed('a', ['note', 'add', '--space', 'Inbox', '--', '- milk\n- eggs'])).trim();
  assert.equal((await show(list)).text, '- milk\n- eggs');
  const piped = (
    await world.succeed('a', ['note', 'add', '-', '--space', 'Inbox'], { input: 'piped' })
  ).trim();
  assert.equal((await show(piped)).text, 'piped');
});

test('an empty note is not added by accident', async () => {
  const listed = await world.succeed('a', ['note', 'list', '--json']);
  const { exitCode, stderr } = await world.dataans('a', ['note', 'add', '--space', 'Inbox'], { input: '' });
  assert.equal(exitCode, 1);
  assert.match(stderr, /empty/);
  assert.equal(await world.succeed('a', ['note', 'list', '--json']), listed);
});

test('what is not UTF-8, or too large, is refused and names the way to keep it', async () => {
  const binary = await world.dataans('a', ['note', 'add', '--space', 'Inbox'], {
    input: Buffer.from([0xff]),
  });
  assert.equal(binary.exitCode, 1);
  assert.match(binary.stderr, /isn't UTF-8.*\n.*--file/);
  const large = await world.dataans('a', ['note', 'add', '--space', 'Inbox'], {
    input: 'x'.repeat(1_000_001),
  });
  assert.equal(large.exitCode, 1);
  assert.match(large.stderr, /too large.*\n.*--file/);
  const nearly = await world.dataans('a', ['note', 'add', '--space', 'Inbox'], {
    input: 'x'.repeat(999_999),
  });
  assert.equal(nearly.exitCode, 1);
  assert.match(nearly.stderr, /attach the text as a file/);
});

test('files are attached to a new note and to one that is there', async () => {
  await mkdir(join(world.folder, 'files'));
  const paths = ['one.bin', 'two.txt'].map((name) => join(world.folder, 'files', name));
  for (const path of paths) await writeFile(path, path);
  const [one = '', two = ''] = paths;
  const id = await add('with a file', '--file', one);
  await world.succeed('a', ['note', 'edit', id, '--file', two]);
  const { text, files } = await show(id);
  assert.equal(text, 'with a file');
  assert.deepEqual(
    files.map(({ name, bytes }) => [name, bytes]),
    [
      ['one.bin', one.length],
      ['two.txt', two.length],
    ],
  );
  const absent = await world.dataans('a', [
    'note',
    'edit',
    id,
    'other text',
    '--file',
    join(world.folder, 'none'),
  ]);
  assert.equal(absent.exitCode, 1);
  assert.match(absent.stderr, /There's no file .*none\./);
  const folder = await world.dataans('a', ['note', 'edit', id, '--file', world.folder]);
  assert.equal(folder.exitCode, 1, folder.stderr);
  assert.equal((await show(id)).text, 'with a file');
});

test('notes move, are pinned, and are removed', async () => {
  await world.succeed('a', ['space', 'add', 'Recipes']);
  const id = await add('soup');
  await world.succeed('a', ['note', 'move', id, 'recipes']);
  assert.equal((await show(id)).space.name, 'Recipes');
  await world.succeed('a', ['note', 'pin', id]);
  assert.equal((await show(id)).pinned, true);
  assert.equal((await show(id)).date, null);
  assert.match(await world.succeed('a', ['note', 'list', '--limit', '1']), /\*.*soup/);
  await world.succeed('a', ['note', 'pin', id, '--off']);
  assert.equal((await show(id)).pinned, false);
  await world.succeed('a', ['note', 'remove', id]);
  assert.equal((await world.dataans('a', ['note', 'show', id])).exitCode, 1);
});

test('spaces are renamed, and removed with their notes', async () => {
  const id = (await world.succeed('a', ['space', 'add', 'Work'])).trim();
  await world.succeed('a', ['note', 'add', 'report', '--space', 'Work']);
  await world.succeed('a', ['space', 'rename', 'work', 'Job']);
  assert.match(await world.succeed('a', ['space', 'list']), new RegExp(`${id.slice(0, 8)} +Job +1 note`));
  const listed = await world.succeed('a', ['space', 'list']);
  for (const again of [
    ['space', 'add', 'Job'],
    ['space', 'rename', 'Inbox', 'Job'],
  ]) {
    const { exitCode, stderr } = await world.dataans('a', again);
    assert.equal(exitCode, 1);
    assert.match(stderr, /already a space called “Job”\.\n.*note list --space Job/);
  }
  assert.match(await world.succeed('a', ['space', 'rename', 'Job', 'Job']), /already called “Job”/);
  assert.equal(await world.succeed('a', ['space', 'list']), listed);
  const said = await world.succeed('a', ['space', 'remove', id.slice(0, 8)]);
  assert.equal(said, 'Deleted “Job” and 1 note.\n');
  assert.doesNotMatch(await world.succeed('a', ['space', 'list']), /Job/);
});

test('[CLI-3] a beginning that fits several notes is refused with a list of them', async () => {
  const ids: string[] = [];
  while (new Set(ids.map((id) => id[0])).size === ids.length) ids.push(await add(`number ${ids.length}`));
  const [digit = ''] = ids.at(-1) ?? '';
  const { exitCode, stderr } = await world.dataans('a', ['note', 'remove', digit]);
  assert.equal(exitCode, 1);
  assert.ok(stderr.includes(ids.at(-1) ?? '-'), stderr);
  await show((ids.at(-1) ?? '').replaceAll('-', '').slice(0, 20).toUpperCase());
});

test('[CLI-3] a space is found in this case first, then in any, and never by guessing', async () => {
  const upper = (await world.succeed('a', ['space', 'add', 'CASE'])).trim();
  const lower = (await world.succeed('a', ['space', 'add', 'case'])).trim();
  const spaceOf = async (name: string): Promise<string> =>
    (await show((await world.succeed('a', ['note', 'add', 'x', '--space', name])).trim())).space.id;
  assert.equal(await spaceOf('case'), lower);
  assert.equal(await spaceOf('CASE'), upper);
  const { exitCode, stderr } = await world.dataans('a', ['note', 'add', 'x', '--space', 'Case']);
  assert.equal(exitCode, 1);
  assert.ok(stderr.includes(upper) && stderr.includes(lower), stderr);
  const unknown = await world.dataans('a', ['note', 'add', 'x', '--space', "It's new"]);
  assert.equal(unknown.exitCode, 1);
  assert.match(unknown.stderr, /Or create it with: dataans --home \S+ space add 'It'\\''s new'/);
  const unnamed = await world.dataans('a', ['note', 'add', 'x']);
  assert.equal(unnamed.exitCode, 2);
  assert.match(unnamed.stderr, /Choose one with --space/);
});

test('the only space needs no naming', async () => {
  await world.signIn(await world.startServer('only-server'), 'only');
  const none = await world.dataans('only', ['note', 'add', 'x']);
  assert.equal(none.exitCode, 1);
  assert.match(none.stderr, /dataans --home \S+ space add Inbox/);
  await world.succeed('only', ['space', 'add', 'Only']);
  await world.succeed('only', ['note', 'add', 'x']);
});

test('[CLI-4] what another command writes while the editor is open is merged, not overwritten', async () => {
  const id = await add('first\n\nmiddle\n\nlast\n');
  const script = join(world.folder, 'editor.mjs');
  const cli = new URL('../../packages/cli/bin/dataans.mjs', import.meta.url);
  await writeFile(
    script,
    `import { execFileSync } from 'node:child_process';
     import { readFileSync, writeFileSync } from 'node:fs';
     const path = process.argv[2];
     execFileSync(process.execPath, [${JSON.stringify(cli.pathname)}, '--home', ${JSON.stringify(join(world.folder, 'a'))},
       'note', 'edit', '${id}', 'FIRST\\n\\nmiddle\\n\\nlast\\n'], { env: {} });
     writeFileSync(path, readFileSync(path, 'utf8').replace('last', 'LAST'));`,
  );
  const environment = { EDITOR: `'${process.execPath}' '${script}'`, NO_COLOR: '1' };
  await world.succeed('a', ['note', 'edit', id], { isTerminal: true, environment });
  assert.equal((await show(id)).text, 'FIRST\n\nmiddle\n\nLAST\n');
});

test('[CLI-6] an edit to which nothing is given leaves the note as it was, and one to an empty text does not', async () => {
  const id = await add('kept');
  const nothing = await world.dataans('a', ['note', 'edit', id], { input: '' });
  assert.equal(nothing.exitCode, 2);
  assert.match(nothing.stderr, /the note wasn't changed/);
  assert.equal((await show(id)).text, 'kept');
  await world.succeed('a', ['note', 'edit', id], { input: 'piped' });
  assert.equal((await show(id)).text, 'piped');
  await world.succeed('a', ['note', 'edit', id, '']);
  assert.equal((await show(id)).text, '');
});

test('an edit that changes nothing says so and records nothing', async () => {
  const id = await add('same');
  const status = await world.succeed('a', ['status', '--json']);
  assert.match(await world.succeed('a', ['note', 'edit', id, 'same']), /No changes/);
  assert.equal(await world.succeed('a', ['status', '--json']), status);
});

test('an editor that fails leaves the note as it was', async () => {
  const id = await add('safe');
  const { exitCode, stderr } = await world.dataans('a', ['note', 'edit', id], {
    isTerminal: true,
    environment: { EDITOR: 'false' },
  });
  assert.equal(exitCode, 1);
  assert.match(stderr, /Nothing was changed/);
  assert.equal((await show(id)).text, 'safe');
});

test('search finds pieces of words in any case and with any accents', async () => {
  const id = await add('Crème brûlée, гарний рецепт');
  const found = async (...words: readonly string[]): Promise<readonly string[]> =>
    // Only the ids matter here.
    (JSON.parse(await world.succeed('a', ['search', '--json', ...words])) as { id: string }[]).map(
      (hit) => hit.id,
    );
  assert.deepEqual(await found('BRULEE', 'цепт'), [id]);
  assert.deepEqual(await found('brulee', 'nowhere'), []);
  assert.match(await world.succeed('a', ['search', 'creme']), /Crème brûlée/);
});

test('imported notes keep their links, and come out as they went in', async () => {
  const source = join(world.folder, 'source');
  await mkdir(join(source, 'linux'), { recursive: true });
  await writeFile(join(source, 'linux', 'tar.md'), '# tar\r\n\r\nSee [gzip](gzip.md).');
  await writeFile(join(source, 'linux', 'gzip.md'), '');
  assert.match(await world.succeed('a', ['import', source]), /1 space added; 2 notes added\./);
  assert.equal(await world.succeed('a', ['import', source]), 'Nothing new.\n');
  const listed = JSON.parse(
    await world.succeed('a', ['note', 'list', '--space', 'linux', '--json']),
  ) as NoteJson[];
  const idOf = (title: string): string => listed.find((note) => note.title === title)?.id ?? '';
  const { links } = await show(idOf('tar.md'));
  assert.deepEqual(
    links.map(({ href, target }) => [href, target?.id]),
    [['gzip.md', idOf('gzip.md')]],
  );
  const out = join(world.folder, 'out');
  await world.succeed('a', ['export', out]);
  assert.equal(await readFile(join(out, 'linux', 'tar.md'), 'utf8'), '# tar\r\n\r\nSee [gzip](gzip.md).');
  assert.equal((await world.dataans('a', ['export', out])).exitCode, 1);
});
