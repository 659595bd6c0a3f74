import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandNames, helpByCommand } from './help.ts';
import { parseCommandLine, type Command } from './parse-command-line.ts';

const commands: readonly (readonly [line: string, command: Command])[] = [
  ['start', { name: 'start' }],
  ['config --json', { name: 'config' }],
  ['check', { name: 'check' }],
  ['backup /b', { name: 'backup', folder: '/b', verify: false }],
  ['backup --verify /b --json', { name: 'backup', folder: '/b', verify: true }],
  ['restore /b', { name: 'restore', folder: '/b' }],
  ['token add phone', { name: 'token add', token: 'phone', expiresIn: null }],
  ['token add phone --expires 90d', { name: 'token add', token: 'phone', expiresIn: '90d' }],
  ['token list', { name: 'token list' }],
  ['token revoke phone', { name: 'token revoke', token: 'phone' }],
  ['--version', { name: 'version' }],
  ['--help', { name: 'help', about: '' }],
  ['token add --help', { name: 'help', about: 'token' }],
  ['start -h', { name: 'help', about: 'start' }],
];

for (const [line, command] of commands)
  test(`dataans-server ${line} is understood`, () => {
    assert.deepEqual(parseCommandLine(line.split(' ')).command, command);
  });

test('the flags of every command are read', () => {
  const { configPath, asJson } = parseCommandLine(['--config', '/etc/dataans.json', 'config', '--json']);
  assert.deepEqual([configPath, asJson], ['/etc/dataans.json', true]);
});

const wrong: readonly (readonly [line: string, sentence: RegExp])[] = [
  ['', /Say what to do/],
  ['strat', /did you mean dataans-server start\?/],
  ['frobnicate', /frobnicate is no command: see dataans-server --help/],
  ['start now', /takes no more words/],
  ['start --json', /leave out --json/],
  ['start --port 1', /--port.*see dataans-server --help/],
  ['check --config', /--config.*see dataans-server --help/],
  ['backup', /Say backup and one folder/],
  ['restore', /Say restore and one folder/],
  ['restore /a /b', /Say restore and one folder/],
  ['restore /b --verify', /--verify belongs to backup/],
  ['token', /Say token add NAME/],
  ['token add', /Say token add NAME/],
  ['token list phone', /Say token add NAME/],
  ['token add my phone', /quotes/],
  ['token revoke phone --expires 1d', /--expires belongs to token add/],
  ['check --expires 1d', /--expires belongs to token add/],
];

for (const [line, sentence] of wrong)
  test(`dataans-server ${line || 'alone'} is refused with what to do`, () => {
    const words = line === '' ? [] : line.split(' ');
    assert.throws(() => parseCommandLine(words), { name: 'OperatorError', exitCode: 2, message: sentence });
  });

for (const name of commandNames)
  test(`the help of ${name} has examples that are understood`, () => {
    const [, examples = ''] = helpByCommand[name].split('Examples:\n');
    const lines = examples.trim().split('\n');
    assert.ok(lines.length > 0);
    for (const line of lines) {
      const [, words = ''] = line.split('dataans-server ');
      const parsed = parseCommandLine(
        (words.match(/"[^"]+"|\S+/g) ?? []).map((word) => word.replaceAll('"', '')),
      );
      assert.equal(parsed.command.name.split(' ')[0], name);
    }
  });
