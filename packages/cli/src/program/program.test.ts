import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { describeCommands, leaves } from '../testing/reference.ts';
import { examplesOf } from './define-command.ts';
import { createProgram } from './program.ts';
import { commandPath } from './wrong-usage.ts';

const silent = { write: () => Promise.resolve(true), say: () => undefined, width: null };
const program = createProgram(() => Promise.resolve(), silent);

for (const command of leaves(program)) {
  const path = commandPath(command);
  test(`${path} has two or three examples, each a call of it that is right`, async () => {
    const examples = examplesOf(command);
    assert.ok(examples.length >= 2 && examples.length <= 3, `${examples.length} examples`);
    for (const example of examples) {
      assert.ok(example.startsWith(`${path} `) || example === path, example);
      let called = 0;
      const parser = createProgram(() => {
        called += 1;
        return Promise.resolve();
      }, silent);
      await parser.parseAsync(wordsOf(example), { from: 'user' });
      assert.equal(called, 1, example);
    }
  });
}

test('the help describes each command, itself too, in words that begin alike', () => {
  const described = [program, ...program.commands].flatMap((command) =>
    command.createHelp().visibleCommands(command),
  );
  assert.ok(described.some((command) => command.name() === 'help'));
  for (const command of described) assert.match(command.description(), /^[A-Z].*[^.]$/, command.name());
});

test('docs/cli.md describes every command as its help does', async () => {
  const path = new URL('../../../../docs/cli.md', import.meta.url);
  const page = await readFile(path, 'utf8');
  const [intro = ''] = page.split(/(?<=UPDATE_DOCS=1 .* -->\n)/);
  const expected = `${intro}\n${describeCommands(program)}`;
  if (process.env['UPDATE_DOCS'] === '1') await writeFile(path, expected);
  else assert.equal(page, expected);
});

/** The words after `dataans`, as a shell would give them; what is piped in or out is left out. */
function wordsOf(line: string): readonly string[] {
  const [command = ''] = line.split(/ (?:<|>>?) /);
  return Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '').slice(
    1,
  );
}
