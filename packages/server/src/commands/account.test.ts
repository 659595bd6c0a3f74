import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openSqliteDirectory } from '../storage/sqlite/sqlite-directory.ts';
import type { AccountId, SignIn } from '../stores/directory.ts';
import { afterTest } from '../testing/after-test.ts';
import { createRecordedOutput } from '../testing/recorded-output.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { addAccount, closeAccount, linkSignIn, listAccounts, setQuota } from './account.ts';

const now = Date.UTC(2026, 0, 1);
const issuer = 'https://issuer.example.org';
const [first, second] = [idOf(1), idOf(2)];

test('[SRV-112] an account is made once under a name, and its id printed', async (t) => {
  const { context, printed } = await setUp(t);
  await addAccount(context, 'alice', first);
  assert.equal(printed.stdout, `${first}\n`);
  assert.match(printed.stderr, /^Created account “alice”\. .* token add NAME --account/);
  await assert.rejects(addAccount(context, 'alice', second), { message: /already an account named “alice”/ });
  for (const name of ['', ' alice', 'a\nb', 'x'.repeat(321)])
    await assert.rejects(addAccount(context, name, second), {
      exitCode: 2,
      message: /name must be 1 to 320/,
    });
});

test('[SRV-112] the list shows who comes in where, and who has tried and has no account', async (t) => {
  const { context, printed, directory } = await setUp(t);
  await listAccounts(context);
  assert.match(printed.stderr, /^No accounts yet\. Create one with: dataans-server account add NAME\n$/);
  await directory.add({ id: first, name: 'alice', created: now });
  await directory.link(signInOf('1', 'alice@example.org'), first);
  await directory.noteWaiting({ ...signInOf('2', 'bob@example.org'), tried: now });
  await listAccounts(context);
  assert.match(
    printed.stdout,
    new RegExp(`${first} +alice +active +none +2026-01-01T.* +alice@example\\.org\n`),
  );
  assert.match(
    printed.stdout,
    /account link ACCOUNT SIGN-IN\n.*\nbob@example\.org +2026-01-01T\S+ +2 +https/,
  );
});

test('[SRV-112] a name from an identity provider cannot reach the terminal with more than letters', async (t) => {
  const { context, printed, directory } = await setUp(t);
  await directory.noteWaiting({ ...signInOf('1', 'a\u001b[2Jb'), tried: now });
  await listAccounts(context);
  assert.ok(!printed.stdout.includes('\u001b'));
});

test('[SRV-112] a sign-in that was tried is linked by its name, or by its subject if two have the name', async (t) => {
  const { context, directory } = await setUp(t);
  await directory.add({ id: first, name: 'alice', created: now });
  const link = (text: string, from: string | null = null) =>
    linkSignIn(context, 'alice', { text, issuer: from }, 'jwt');
  await directory.noteWaiting({ ...signInOf('1', 'alice@example.org'), tried: now });
  await directory.noteWaiting({ ...signInOf('2', 'alice@example.org'), tried: now });
  await assert.rejects(link('alice@example.org'), { message: /More than one sign-in.*subject: [12], [12]$/ });
  await link('2');
  assert.deepEqual(await directory.listSignIns(), [
    { ...signInOf('2', 'alice@example.org'), account: first },
  ]);
  await assert.rejects(link('nobody'), { message: /Nobody named “nobody” has tried to sign in/ });
  await link('9', issuer);
  assert.equal((await directory.findBySignIn(signInOf('9', '')))?.id, first);
});

test('[SRV-112] an account is closed and opened again, by its name, its id or the beginning of it', async (t) => {
  const { context, directory, printed } = await setUp(t);
  await directory.add({ id: first, name: 'alice', created: now });
  await closeAccount(context, 'alice', true);
  assert.equal((await directory.find(first))?.closed, now);
  assert.match(printed.stderr, /To undo: dataans-server account close .* --undo/);
  await closeAccount(context, first, false);
  assert.equal((await directory.find(first))?.closed, null);
  await closeAccount(context, first.slice(0, 8), true);
  await assert.rejects(closeAccount(context, 'bob', true), { message: /no account “bob”.*account list/ });
});

test('[SRV-117] a quota is a size, which is told again as it was given, or none', async (t) => {
  const { context, directory, printed } = await setUp(t);
  await directory.add({ id: first, name: 'alice', created: now });
  for (const [size, bytes] of [
    ['500MB', 500_000_000],
    ['10GB', 10_000_000_000],
    ['2TB', 2_000_000_000_000],
  ] as const) {
    await setQuota(context, 'alice', size);
    assert.equal((await directory.find(first))?.quota, bytes);
    assert.ok(printed.stderr.includes(` may have ${size} from now on.`));
  }
  await setQuota(context, 'alice', 'none');
  assert.equal((await directory.find(first))?.quota, null);
  for (const size of ['10', '0GB', '1.5GB', '-1GB', 'much'])
    await assert.rejects(setQuota(context, 'alice', size), {
      exitCode: 2,
      message: /such as 500MB, 10GB or 2TB/,
    });
});

test('[SRV-112] a name that two accounts have says which ids to choose from, and an id is never a name', async (t) => {
  const { context, directory } = await setUp(t);
  await directory.add({ id: first, name: 'alice', created: now });
  await directory.add({ id: second, name: 'alice', created: now });
  await assert.rejects(closeAccount(context, 'alice', true), {
    message: `More than one account is called “alice”. Use an id: ${first}, ${second}`,
  });
  await directory.add({ id: idOf(3), name: first, created: now });
  await closeAccount(context, first, true);
  assert.deepEqual([await closedAt(first), await closedAt(idOf(3))], [now, null]);

  async function closedAt(id: AccountId) {
    return (await directory.find(id))?.closed;
  }
});

function signInOf(subject: string, name: string): SignIn {
  return { method: 'jwt', issuer, subject, name };
}

/** A UUID that begins with a number. */
function idOf(number: number): AccountId {
  return `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000` as AccountId;
}

async function setUp(t: TestContext) {
  const directory = openSqliteDirectory({ path: join(await temporaryFolder(t), 'directory.sqlite') });
  afterTest(t, directory.close);
  const output = createRecordedOutput();
  return { directory, printed: output.printed, context: { directory, now, output, asJson: false } };
}
