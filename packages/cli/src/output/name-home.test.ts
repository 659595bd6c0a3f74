import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCaptured } from '../testing/run-captured.ts';
import { nameHome } from './name-home.ts';

test('[CLI-2] advice names the home that was given, in commands and nowhere else', () => {
  const call = "dataans --home '/my notes'";
  assert.equal(
    nameHome('Run `dataans sync`, or dataans note list.', call),
    `Run \`${call} sync\`, or ${call} note list.`,
  );
  for (const text of [
    'Run `dataans-server check`.',
    'Update dataans.',
    `Run ${call} sync.`,
    '/x/dataans sync',
  ])
    assert.equal(nameHome(text, call), text);
});

test('[CLI-2] a command of another home advises commands of that home', async () => {
  const { stderr } = await runCaptured(['--home=/nonexistent', 'search', ' ']);
  assert.match(stderr, /dataans --home \/nonexistent (?:sign-in|search)/);
});
