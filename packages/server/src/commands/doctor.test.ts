import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Environment } from '../config/environment.ts';
import { readSettings } from '../config/read-settings.ts';
import type { Finding } from '../doctor/finding.ts';
import { inProcess } from '../routes/route.ts';
import { openDataFolder } from '../storage/data-folder.ts';
import { afterTest } from '../testing/after-test.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createTestApp } from '../testing/test-app.ts';
import { version } from '../version.ts';
import { examine } from './doctor.ts';

const now = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;
const access = {
  DATAANS_AUTH: 'cloudflare-access',
  DATAANS_ACCESS_TEAM: 'team',
  DATAANS_ACCESS_AUD: '0'.repeat(64),
};
const withTokens = { DATAANS_AUTH: 'token', DATAANS_PUBLIC_URL: 'https://notes.example.org' };

async function openFolder(t: TestContext) {
  const root = join(await temporaryFolder(t), 'data');
  const folder = await openDataFolder(root);
  afterTest(t, folder.close);
  return { root, folder };
}

/** What doctor says about a folder; whoever it asks over the network is a server of this test. */
async function examined(root: string, environment: Environment): Promise<ReadonlyMap<string, Finding>> {
  const { app } = createTestApp({ clock: { now: () => now, after: () => () => {} } });
  const printed: string[] = [];
  const settings = readSettings({ DATAANS_DATA: root, DATAANS_PORT: '0', ...environment }, null, () => root);
  const context = {
    settings,
    // The app has no method that knows a host name.
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      return app.fetch(new Request(`http://127.0.0.1:8000${pathname}`, init), inProcess);
    },
    now: () => now,
    randomBytes: (count: number) => new Uint8Array(count).fill(7),
  };
  const output = { stdout: (text: string) => void printed.push(text), stderr: () => {} };
  await examine(context, output, true);
  // What this command prints with --json.
  const { findings } = JSON.parse(printed.join('')) as { readonly findings: readonly Finding[] };
  return new Map(findings.map((finding) => [finding.about, finding]));
}

test('[SRV-87] doctor says which version of the server and of Node it is', async (t) => {
  const { root } = await openFolder(t);
  const found = (await examined(root, {})).get('version');
  assert.deepEqual(found?.state, 'good');
  assert.equal(found.sentence, `dataans-server ${version} on Node ${process.versions.node}.`);
});

test('[SRV-87] doctor knows keys of an issuer that never came, that are there, and that are too old to count', async (t) => {
  const { root, folder } = await openFolder(t);
  const keys = async () => (await examined(root, access)).get('keys');
  assert.match((await keys())?.sentence ?? '', /has fetched no keys/);
  for (const [hours, state, sentence] of [
    [1, 'good', /^The keys of https:\/\/issuer were fetched at /],
    [73, 'warning', /too long ago to count.*check that the server reaches that address/],
  ] as const) {
    await folder.keptKeys.write({ source: 'https://issuer', fetched: now - hours * hourMs, keys: [] });
    const found = await keys();
    assert.equal(found?.state, state);
    assert.match(found.sentence, sentence);
  }
  assert.equal((await examined(root, {})).get('keys'), undefined);
});

test('[SRV-87] doctor says that no device can sign in without a token, and else leaves its own revoked', async (t) => {
  const { root, folder } = await openFolder(t);
  const before = await examined(root, withTokens);
  assert.match(
    before.get('tokens')?.sentence ?? '',
    /no device can sign in\. Create one with: dataans-server token add NAME$/,
  );
  await folder.tokens.add({ hash: new Uint8Array(32), name: 'laptop', created: now, expires: now + hourMs });
  const after = await examined(root, withTokens);
  assert.deepEqual(
    ['tokens', 'events', 'size'].map((about) => after.get(about)?.state),
    ['good', 'good', 'good'],
  );
  const own = (await folder.tokens.list()).find(({ name }) => name.startsWith('doctor'));
  assert.deepEqual([own?.expires, own?.revoked], [now + 60_000, now]);
});
