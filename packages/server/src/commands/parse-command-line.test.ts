import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandNames, helpByCommand } from './help.ts';
import { parseCommandLine, type Command } from './parse-command-line.ts';

const commands: readonly (readonly [line: string, command: Command])[] = [
  ['start', { name: 'start' }],
  ['config --json', { name: 'config' }],
  ['status --json', { name: 'status' }],
  ['doctor', { name: 'doctor' }],
  ['migrate', { name: 'migrate' }],
  ['check', { name: 'check', isDeep: false }],
  ['check --deep', { name: 'check', isDeep: true }],
  ['backup /b', { name: 'backup', folder: '/b', verify: false }],
  ['backup --verify /b --json', { name: 'backup', folder: '/b', verify: true }],
  [
    'backup https://notes.example.org/ /b',
    { name: 'backup server', address: 'https://notes.example.org', folder: '/b', verify: false },
  ],
  [
    'backup --verify http://127.0.0.1:8000/notes/ /b',
    { name: 'backup server', address: 'http://127.0.0.1:8000/notes', folder: '/b', verify: true },
  ],
  ['check https://notes.example.org', { name: 'check server', address: 'https://notes.example.org' }],
  ['check /b', { name: 'check backup', folder: '/b' }],
  ['restore /b', { name: 'restore', folder: '/b', number: null }],
  ['restore /b --number 12', { name: 'restore', folder: '/b', number: 12 }],
  ['token add phone', { name: 'token add', token: 'phone', expiresIn: null }],
  ['token add phone --expires 90d', { name: 'token add', token: 'phone', expiresIn: '90d' }],
  ['token list', { name: 'token list' }],
  ['token revoke phone', { name: 'token revoke', token: 'phone' }],
  ['account add alice', { name: 'account add', account: 'alice' }],
  ['account list --json', { name: 'account list' }],
  ['account link alice 1', { name: 'account link', account: 'alice', signIn: '1', issuer: null }],
  [
    'account link alice 1 --issuer https://i.example.org',
    { name: 'account link', account: 'alice', signIn: '1', issuer: 'https://i.example.org' },
  ],
  ['account quota alice 10GB', { name: 'account quota', account: 'alice', size: '10GB' }],
  ['account close alice', { name: 'account close', account: 'alice', isUndone: false }],
  ['account close alice --undo', { name: 'account close', account: 'alice', isUndone: true }],
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
  ['', /^No command given\. To run the server: dataans-server start$/],
  ['strat', /Did you mean dataans-server start\?/],
  ['frobnicate', /^Unknown command “frobnicate”\. See: dataans-server --help/],
  ['start now', /takes no more arguments/],
  ['start --json', /Leave out --json/],
  ['start --port 1', /--port.*See: dataans-server --help/],
  ['check --config', /--config.*See: dataans-server --help/],
  ['backup', /^Usage: dataans-server backup \[ADDRESS\] DIR$/],
  ['backup https://notes.example.org', /^Usage: dataans-server backup \[ADDRESS\] DIR$/],
  ['backup https://me:secret@notes.example.org /b', /^The server must be an address .* without a user/],
  ['check https://notes.example.org --deep', /--deep belongs to check without a folder/],
  ['restore', /^Usage: dataans-server restore DIR$/],
  ['restore /a /b', /^Usage: dataans-server restore DIR$/],
  ['restore /b --number twelve', /^--number must be the number of a backup/],
  ['backup /b --number 1', /--number belongs to restore/],
  ['check /a /b', /^Usage: dataans-server check \[DIR \| ADDRESS\]$/],
  ['restore /b --verify', /--verify belongs to backup/],
  ['token', /^Usage: dataans-server token add NAME/],
  ['token add', /^Usage: dataans-server token add NAME/],
  ['token list phone', /^Usage: dataans-server token add NAME/],
  ['token add my phone', /quotes/],
  ['token revoke phone --expires 1d', /--expires belongs to token add/],
  ['check --deep /a', /--deep belongs to check without a folder/],
  ['check --expires 1d', /--expires belongs to token add/],
  ['account', /^Usage: dataans-server account add NAME/],
  ['account quota alice', /^Usage: dataans-server account add NAME/],
  ['account link alice', /^Usage: dataans-server account add NAME/],
  ['account add alice jones', /quotes/],
  ['account add alice --issuer i', /--issuer belongs to account link/],
  ['token list --undo', /--undo belongs to account close/],
  ['start --account alice', /--account belongs to token, status, doctor, check, backup, restore\./],
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
