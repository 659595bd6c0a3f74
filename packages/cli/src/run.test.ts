import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCaptured } from './testing/run-captured.ts';

const wrong: readonly (readonly [args: readonly string[], sentence: RegExp, advice: RegExp])[] = [
  [['nte'], /^Unknown command “nte”\. Did you mean “note”\?$/m, /^See: dataans --help$/m],
  [['note', 'ad'], /^Unknown command “ad”\. Did you mean “add”\?$/m, /^See: dataans note --help$/m],
  [
    ['note', 'list', '--spcae', 'x'],
    /“--spcae”\. Did you mean “--space”\?$/m,
    /^See: dataans note list --help$/m,
  ],
  [['note', 'add', '- milk\n- eggs'], /^Unknown option/, /^Put -- before a text that begins with a dash\.$/m],
  [['space', 'add'], /^Missing required argument “name”\.$/m, /space add --help/],
  [['status', 'now'], /^Too many arguments/, /^See: dataans status --help$/m],
  [['note', 'add', 'Buy', 'milk'], /^Too many arguments/, /^Put quotes around words .* note add --help$/m],
  [['export', 'out', '--format', 'pdf'], /Allowed choices are markdown, json\.$/m, /export --help/],
  [['completion', 'tcsh'], /^“tcsh” is invalid as shell\. Allowed choices are bash, /m, /completion --help/],
  [['note', 'list', '--limit', '0'], /^--limit needs a whole number, 1 or more\. “0” isn't one\.$/m, /^/],
  [['search', ' '], /^Say what to search for\.$/m, /^For example: dataans search /m],
  [['space', 'add', ' '], /^A space needs a name\.$/m, /dataans space add Inbox/],
];

for (const [args, sentence, advice] of wrong) {
  test(`[CLI-2] wrong usage says what to type instead: ${args.join(' ')}`, async () => {
    const { exitCode, stdout, stderr } = await runCaptured(args);
    assert.equal(exitCode, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, sentence);
    assert.match(stderr, advice);
  });
}

test('[CLI-2] a noun without a verb shows its help beside the data', async () => {
  const { exitCode, stdout, stderr } = await runCaptured(['note']);
  assert.equal(exitCode, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /Usage: dataans note/);
});

test('[CLI-1] with --json an error is one JSON document on stderr, and stdout is empty', async () => {
  const { exitCode, stdout, stderr } = await runCaptured(['nte', '--json']);
  assert.equal(exitCode, 2);
  assert.equal(stdout, '');
  assert.deepEqual(JSON.parse(stderr), {
    error: {
      code: 'wrong-usage',
      message: 'Unknown command “nte”. Did you mean “note”?',
      advice: 'See: dataans --help',
    },
  });
});

test('help and version are data', async () => {
  const help = await runCaptured(['note', 'add', '--help']);
  assert.equal(help.exitCode, 0);
  assert.match(help.stdout, /Examples:\n {2}\$ dataans note add/);
  const version = await runCaptured(['--version']);
  assert.equal(version.exitCode, 0);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
});
