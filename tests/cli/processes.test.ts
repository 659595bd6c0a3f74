import assert from 'node:assert/strict';
import { execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cliMain, createWorld, type World } from './world.ts';

const runFile = promisify(execFile);
const launchers = ['cli/bin/dataans.mjs', 'server/bin/dataans-server.mjs'].map((path) =>
  fileURLToPath(new URL(`../../packages/${path}`, import.meta.url)),
);

const oldNode = `data:text/javascript,${encodeURIComponent("Object.defineProperty(process, 'version', { value: 'v20.0.0' });")}`;

let world: World;
let address = '';

before(async () => {
  world = await createWorld();
  address = await world.startServer('server');
  await world.signIn(address, 'a', 'b');
  await world.succeed('a', ['space', 'add', 'Inbox']);
  await world.succeed('a', ['space', 'add', 'Work and study']);
});

after(() => world.close());

/** Lines of a process as they come; asked for one at a time. */
function linesOf(child: ChildProcess): () => Promise<string> {
  assert.ok(child.stdout);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await lines.next();
    // The process ended: an empty line is what no test waits for.
    return done === true ? '' : value;
  };
}

async function lineLike(next: () => Promise<string>, pattern: RegExp): Promise<string> {
  for (;;) {
    const line = await next();
    if (line === '' || pattern.test(line)) return line;
  }
}

test('a watch on each of two devices brings over what another command writes, and ends well with Ctrl-C', async () => {
  for (const device of ['a', 'b', 'a']) await world.succeed(device, ['sync']);
  const watchers = ['a', 'b'].map((device) => world.start(device, ['sync', '--watch']));
  const [nextA, nextB] = watchers.map(linesOf);
  assert.ok(nextA && nextB);
  await Promise.all([lineLike(nextA, /Connected/), lineLike(nextB, /Connected/)]);
  await world.succeed('a', ['note', 'add', 'across', '--space', 'Inbox']);
  assert.match(await nextB(), /^\d\d:\d\d:\d\d {2}Sent 0 changes, received 1\.$/);
  assert.match(await world.succeed('b', ['note', 'list']), /across/);
  for (const watcher of watchers) watcher.kill('SIGINT');
  const codes = await Promise.all(
    watchers.map(async (watcher) => (await once(watcher, 'exit'))[0] as unknown),
  );
  assert.deepEqual(codes, [0, 0]);
});

test('[CLI-1] a watch with --json prints one document a line, also when the server goes away', async () => {
  const other = await createWorld();
  try {
    await other.signIn(await other.startServer('server'), 'a');
    const watcher = other.start('a', ['sync', '--watch', '--json']);
    const next = linesOf(watcher);
    const read = async (type: string): Promise<unknown> =>
      JSON.parse(await lineLike(next, new RegExp(`"${type}"`)));
    await read('connected');
    await other.stopServers();
    const lost = (await read('disconnected')) as { error: { code: string } };
    assert.equal(lost.error.code, 'server-unreachable');
    watcher.kill('SIGINT');
    assert.equal((await once(watcher, 'exit'))[0], 0);
  } finally {
    await other.close();
  }
});

test('[CLI-5] a reader that stops reading does not disturb', async () => {
  const texts = Array.from({ length: 300 }, (_, index) => `note ${index} ${'x'.repeat(60)}`);
  const { folder } = world;
  await runFile('mkdir', ['-p', join(folder, 'many')]);
  await Promise.all(texts.map((text, index) => writeFile(join(folder, 'many', `${index}.md`), text)));
  await world.succeed('a', ['import', join(folder, 'many')]);
  const script = `"$0" "$1" --home "$2" note list --json | head -c 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await runFile('bash', [
    '-c',
    script,
    process.execPath,
    cliMain,
    join(folder, 'a'),
  ]);
  assert.equal(stdout, '[0\n');
  assert.equal(stderr, '');
});

for (const launcher of launchers)
  for (const [node, flags] of [
    ['this Node', []],
    // Set before the launcher runs, which then finds an old one.
    ['the one beside it, on an old Node', ['--import', oldNode]],
  ] as const)
    test(`${basename(launcher)} runs on ${node}, and passes on how it ended`, async () => {
      const { stdout } = await runFile(process.execPath, [...flags, launcher, '--version']);
      assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
      await assert.rejects(runFile(process.execPath, [...flags, launcher, 'nte']), { code: 2 });
    });

test('several commands at once on one home all succeed', async () => {
  const calls = Array.from({ length: 4 }, (_, index) =>
    world.start('a', ['note', 'add', `at once ${index}`, '--space', 'Inbox']),
  );
  for (const call of calls) call.stdin?.end();
  const codes = await Promise.all(calls.map(async (call) => (await once(call, 'exit'))[0] as unknown));
  assert.deepEqual(codes, [0, 0, 0, 0]);
  const listed = await world.succeed('a', ['note', 'list']);
  for (const index of calls.keys()) assert.match(listed, new RegExp(`at once ${index}`));
});

/** How each shell gives what could stand for the last of the words that it is called with. */
const completionScripts = [
  [
    'bash',
    [
      'dataans() { "$NODE" "$CLI" "$@"; }',
      'compopt() { :; }',
      'source <(dataans completion bash)',
      'COMP_WORDS=(dataans "$@"); COMP_CWORD=$#',
      '_dataans dataans "${@: -1}" ""',
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ],
    String.raw`Work\ and\ study`,
  ],
  [
    'zsh',
    [
      'dataans() { "$NODE" "$CLI" "$@"; }',
      'compdef() { :; }',
      'compadd() { print -rl -- "${(@P)@[-1]}"; }',
      '_files() { print -rl -- "${words[CURRENT]}"*(/:t); }',
      'source <(dataans completion zsh)',
      'words=(dataans "$@"); CURRENT=$#words',
      '_dataans',
    ],
    'Work and study',
  ],
  [
    'fish',
    [
      'function dataans; "$NODE" "$CLI" $argv; end',
      'dataans completion fish | source',
      'complete -C (string join -- " " dataans $argv[2..]) | string split -f 1 \\t | string trim -r -c /',
      'true',
    ],
    'Work and study',
  ],
] as const;

for (const [shell, script, spaceInShell] of completionScripts) {
  test(`${shell} completes commands, spaces, ids and folders with the printed script`, async () => {
    await mkdir(join(world.folder, 'somewhere'), { recursive: true });
    const id = (await world.succeed('a', ['note', 'add', 'find me', '--space', 'Inbox'])).trim();
    const complete = async (...words: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await runFile(shell, ['-c', script.join('\n'), shell, ...words], {
        cwd: world.folder,
        env: {
          ...process.env,
          HOME: world.folder,
          NODE: process.execPath,
          CLI: cliMain,
          DATAANS_HOME: join(world.folder, 'a'),
        },
      });
      return stdout.trim().split('\n');
    };
    assert.deepEqual(await complete('no'), ['note']);
    assert.deepEqual(await complete('note', 'mo'), ['move']);
    assert.deepEqual(await complete('note', 'add', '--space', 'Wo'), [spaceInShell]);
    assert.deepEqual(await complete('note', 'show', id.slice(0, 6)), [id.slice(0, 8)]);
    assert.deepEqual(await complete('import', 'somew'), ['somewhere']);
    assert.deepEqual(await complete('--home', 'nobody', 'note', 'show', id.slice(0, 6)), ['']);
  });
}
