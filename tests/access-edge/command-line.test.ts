import assert from 'node:assert/strict';
import { test } from 'node:test';
import { help, parseCommandLine } from './command-line.ts';

test('without options it stands before the usual address of a server, and lets one person in', () => {
  const parsed = parseCommandLine([]);
  assert.ok(parsed.kind === 'run');
  const { settings, certificateFile } = parsed.command;
  assert.equal(settings.origin, 'http://127.0.0.1:8000');
  assert.deepEqual([settings.port, settings.teamPort, settings.isTls], [8400, 8401, false]);
  assert.deepEqual(settings.users, ['you@example.org']);
  assert.deepEqual(settings.allowed, settings.users);
  assert.equal(settings.sessionMs, 86_400_000);
  assert.equal(certificateFile, null);
});

test('what is given stands in the settings', () => {
  const parsed = parseCommandLine(
    '--origin http://127.0.0.1:9000/ --port 0 --tls a.pem --user a@b.c --user d@e.f --stranger g@h.i --session 30s --lenient-service-tokens --bypass /health --bypass-keeps-assertion'.split(
      ' ',
    ),
  );
  assert.ok(parsed.kind === 'run');
  const { settings, certificateFile } = parsed.command;
  assert.equal(settings.origin, 'http://127.0.0.1:9000');
  assert.equal(settings.port, 0);
  assert.deepEqual([settings.isTls, certificateFile], [true, 'a.pem']);
  assert.deepEqual(settings.allowed, ['a@b.c', 'd@e.f']);
  assert.deepEqual(settings.users, ['a@b.c', 'd@e.f', 'g@h.i']);
  assert.equal(settings.sessionMs, 30_000);
  assert.deepEqual([settings.isStrict, settings.isServiceAuthOnly], [false, false]);
  assert.deepEqual([settings.bypassPaths, settings.bypassKeepsAssertion], [['/health'], true]);
});

for (const args of [
  ['--port', 'x'],
  ['--port', '65536'],
  ['--origin', 'ftp://127.0.0.1'],
  ['--session', '5'],
  ['--unknown'],
  ['word'],
])
  test(`${args.join(' ')} is refused with a reason`, () => {
    const parsed = parseCommandLine(args);
    assert.ok(parsed.kind === 'wrong');
    assert.ok(parsed.reason.length > 20);
  });

test('every option stands in the help', () => {
  assert.equal(parseCommandLine(['--help']).kind, 'help');
  for (const option of ['origin', 'port', 'team-port', 'tls', 'user', 'stranger', 'session', 'team-session'])
    assert.match(help, new RegExp(`^  --${option} [A-Z]+ `, 'm'));
});
