import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { createMemoryTokens } from '../stores/memory-tokens.ts';
import { isToken, tokenToHash } from '../auth/token-text.ts';
import { createRecordedOutput } from '../testing/recorded-output.ts';
import { parseDuration } from '../options/duration.ts';
import { addToken, listTokens, revokeToken } from './token.ts';

const now = Date.UTC(2026, 0, 1);

test('[SRV-24] a new token is printed once, and only its hash is kept', async () => {
  const { context, printed, add } = setUp();
  await add('phone', '90d');
  const token = printed.stdout.trim();
  assert.ok(isToken(token));
  assert.match(printed.stderr, /^Created token “phone”, valid until 2026-04-01T00:00:00\.000Z/);
  const stored = await context.tokens.find(tokenToHash(token));
  assert.equal(stored?.name, 'phone');
  assert.equal(stored?.expires, Date.UTC(2026, 3, 1));
});

test('[SRV-43] a token that could not be printed is revoked, and its name is free', async () => {
  const { context, add, randomBytes } = setUp();
  const stdout = () => {
    throw new Error('No space is left.');
  };
  const lost = { ...context, output: { ...context.output, stdout } };
  await assert.rejects(addToken(lost, 'phone', { expiresIn: null, randomBytes }), {
    name: 'OperatorError',
    message: "Revoked token “phone”, because it couldn't be shown. No space is left.",
  });
  assert.deepEqual(
    (await context.tokens.list()).map(({ revoked }) => revoked),
    [now],
  );
  await add('phone', null);
});

test('[SRV-25] a name is refused until its token is revoked, also where that has expired', async () => {
  const { context, add, randomBytes } = setUp();
  const later = { ...context, now: now + 120_000 };
  for (const expires of [null, '1m']) {
    await add('phone', expires);
    await assert.rejects(addToken(later, 'phone', { expiresIn: null, randomBytes }), {
      message: /already an active token named “phone”\. Revoke it first/,
      exitCode: 1,
    });
    await revokeToken(context, 'phone');
    await assert.rejects(revokeToken(context, 'phone'), { message: /no token named “phone” to revoke/ });
  }
});

test('[SRV-25] the list tells the state of every token and shows none', async () => {
  const { context, printed, add } = setUp();
  await add('old', '1m');
  await add('gone', null);
  await add('phone', null);
  const tokens = printed.stdout.trim().split('\n');
  await revokeToken(context, 'gone');
  printed.stdout = '';
  await listTokens({ ...context, now: now + 60_000, asJson: true });
  const listed = v.parse(
    v.array(v.looseObject({ name: v.string(), state: v.string() })),
    JSON.parse(printed.stdout),
  );
  assert.deepEqual(
    listed.map(({ name, state }) => [name, state]),
    [
      ['old', 'expired'],
      ['gone', 'revoked'],
      ['phone', 'in force'],
    ],
  );
  await listTokens(context);
  for (const token of tokens) assert.ok(!printed.stdout.includes(token));
});

test('[SRV-25] an empty list says how to make a token', async () => {
  const { context, printed } = setUp();
  await listTokens(context);
  assert.equal(printed.stdout, '');
  assert.match(printed.stderr, /token add NAME/);
});

for (const name of ['', ' ', ' phone', 'a\nb', '\u001b[31m', 'x'.repeat(65)])
  test(`[SRV-25] ${JSON.stringify(name).slice(0, 20)} is no name for a token`, async () => {
    await assert.rejects(setUp().add(name, null), { message: /1 to 64 visible characters/, exitCode: 2 });
  });

for (const time of ['', '90', 'd', '0d', '-1d', '1.5h', '1y', '1 d', '100000d'])
  test(`[SRV-25] ${JSON.stringify(time)} is no time for a token to expire in`, async () => {
    await assert.rejects(setUp().add('phone', time), { message: /such as 90d, 12h or 30m/, exitCode: 2 });
  });

test('[SRV-25] times are days, hours and minutes', () => {
  assert.deepEqual(['90d', '12h', '30m'].map(parseDuration), [7_776_000_000, 43_200_000, 1_800_000]);
});

function setUp() {
  const output = createRecordedOutput();
  const context = { tokens: createMemoryTokens(), now, output, asJson: false };
  let made = 0;
  const randomBytes = (bytes: number) => new Uint8Array(bytes).fill((made += 1));
  const add = (name: string, expiresIn: string | null) => addToken(context, name, { expiresIn, randomBytes });
  return { context, printed: output.printed, add, randomBytes };
}
