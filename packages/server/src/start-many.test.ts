import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { encodeFrames, framesMediaType, logMessage, paths } from '@dataans/core';
import * as v from 'valibot';
import { startServer, type ServerOptions } from './start-server.ts';
import { afterTest } from './testing/after-test.ts';
import { envelopeFrames } from './testing/frames.ts';
import { runCommand } from './testing/server-process.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

test('[SRV-111] [SRV-114] tokens of one name lead each to its own account, and one that is revoked takes nobody else along', async (t) => {
  const dataFolder = join(await temporaryFolder(t), 'data');
  const run = operatorOf(dataFolder);
  for (const name of ['alice', 'bob']) await run('account', 'add', name);
  const [alice, bob] = [
    await run('token', 'add', 'laptop', '--account', 'alice'),
    await run('token', 'add', 'laptop', '--account', 'bob'),
  ];
  const { address } = await start(t, { dataFolder });
  const ask = (token: string, path: string = paths.log, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(address + path, { ...init, headers });
  };
  const stateOf = async (token: string) => v.parse(logMessage, await (await ask(token)).json());
  assert.notEqual((await stateOf(alice)).log, (await stateOf(bob)).log);
  const sent = await ask(alice, paths.operations, {
    method: 'POST',
    headers: { 'content-type': framesMediaType },
    body: Uint8Array.from(encodeFrames(envelopeFrames('operation', 3))),
  });
  assert.equal(sent.status, 200);
  assert.deepEqual([(await stateOf(alice)).head, (await stateOf(bob)).head], [3, 0]);
  await run('token', 'revoke', 'laptop', '--account', 'alice');
  assert.deepEqual([(await ask(alice)).status, (await ask(bob)).status], [401, 200]);
  await run('account', 'close', 'bob');
  assert.equal((await ask(bob)).status, 403);
  assert.equal((await fetch(address + paths.log)).status, 401);
});

test('[SRV-115] metrics are the operator’s alone, and have no label of an account', async (t) => {
  const dataFolder = join(await temporaryFolder(t), 'data');
  const run = operatorOf(dataFolder);
  const id = await run('account', 'add', 'alice');
  const token = await run('token', 'add', 'laptop', '--account', 'alice');
  const { address, metricsAddress } = await start(t, { dataFolder, metricsPort: 0 });
  const asked = await fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(asked.status, 403);
  const text = await (await fetch(`${metricsAddress}/metrics`)).text();
  assert.match(text, /dataans_requests_total/);
  assert.doesNotMatch(text, new RegExp(`alice|laptop|${id}`));
});

test('[SRV-110] a command says which account it needs, or that there is only one', async (t) => {
  const folder = await temporaryFolder(t);
  const many = { DATAANS_ACCOUNTS: 'many', DATAANS_DATA: join(folder, 'many') };
  const one = { DATAANS_DATA: join(folder, 'one') };
  for (const [words, variables, sentence] of [
    [['token', 'add', 'laptop'], many, /^Say whose token it is, with --account/],
    [['token', 'add', 'laptop', '--account', 'alice'], many, /^There's no account “alice”/],
    [
      ['token', 'add', 'laptop', '--account', 'alice'],
      one,
      /^This server has one account\. Leave out --account/,
    ],
    [['account', 'list'], one, /^This server has one account\. To have many, set DATAANS_ACCOUNTS=many/],
  ] as const) {
    const { exitCode, stderr } = await runCommand(words, variables);
    assert.notEqual(exitCode, 0);
    assert.match(stderr, sentence);
  }
});

const refused: readonly (readonly [options: Partial<ServerOptions>, sentence: RegExp])[] = [
  [{ auth: 'loopback' }, /doesn't tell people apart, which DATAANS_ACCOUNTS=many needs/],
  [
    { auth: 'token', manyAccounts: { enrols: true } },
    /DATAANS_ENROL=open has no effect with DATAANS_AUTH=token/,
  ],
];

for (const [options, sentence] of refused)
  test(`[SRV-110] a server with many accounts and ${JSON.stringify(options)} does not start, and says why`, async (t) => {
    const dataFolder = join(await temporaryFolder(t), 'data');
    await assert.rejects(start(t, { dataFolder, ...options }), { exitCode: 2, message: sentence });
  });

async function start(t: TestContext, options: ServerOptions) {
  const server = await startServer({ auth: 'token', manyAccounts: { enrols: false }, ...options });
  afterTest(t, server.close);
  return server;
}

/** Runs `dataans-server` beside a server, and gives what it printed. */
function operatorOf(dataFolder: string): (...words: readonly string[]) => Promise<string> {
  const variables = { DATAANS_ACCOUNTS: 'many', DATAANS_AUTH: 'token', DATAANS_DATA: dataFolder };
  return async (...words) => {
    const { exitCode, stdout, stderr } = await runCommand(words, variables);
    assert.equal(exitCode, 0, stderr);
    return stdout.trim();
  };
}
