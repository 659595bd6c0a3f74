import assert from 'node:assert/strict';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Entity } from '../store/entities.ts';
import { fixture, makeFixtureHome } from './fixture-home.ts';
import { createKeptRecord } from '../node/kept-record.ts';
import { temporaryFolder } from './test-store.ts';
import { openTestHome, type TestHome } from './test-home.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const { shared, soup, phone } = fixture;

for (const schema of await readdir(fixtures))
  test(`[STO-8] the home of ${schema} opens with all that is in it, and goes on`, (t) =>
    opensWithAllOfIt(t, (home) => cp(join(fixtures, schema), home, { recursive: true })));

test('[STO-8] a new home opens with all that is in it, and goes on', (t) =>
  opensWithAllOfIt(t, makeFixtureHome));

async function opensWithAllOfIt(t: TestContext, make: (directory: string) => Promise<void>): Promise<void> {
  const directory = join(temporaryFolder(t), 'home');
  await make(directory);
  const home = openTestHome({ directory });
  t.after(home.close);
  assertNotes(home);
  assertLog(home);
  await assertContent(home);
  await assertAccount(home);

  const notebook = await home.notebook();
  await notebook.addNote({ space: onlySpace(home).id, text: 'written afterwards' });
  assert.equal(home.store.entities.search('afterwards').length, 1);
  assert.equal(home.store.log.outboxCount(), isCopy(home) ? 5 : 4);
}

function assertNotes({ store: { entities, files } }: TestHome): void {
  const living = [...entities.notes()].toSorted((one, other) => one.createdAt - other.createdAt);
  assert.deepEqual(
    living
      .map(({ value: { name, text, pinned }, conflict }) => ({ name, text, pinned, conflict }))
      .toSorted(byText),
    [
      { name: shared.name, text: 'one\nhere\nthere\nthree\n', pinned: false, conflict: true },
      { name: soup.name, text: soup.text, pinned: false, conflict: false },
      { name: '', text: phone.note.text, pinned: true, conflict: false },
      ...fixture.waiting.map((text) => ({ name: '', text, pinned: false, conflict: false })),
    ].toSorted(byText),
  );
  assert.deepEqual(
    entities.spaces().map(({ space, notes }) => [space.value.name, space.value.folder, notes]),
    [[fixture.space, 'recipes', 5]],
  );
  const sharedNote = living.find(({ value }) => value.name === shared.name);
  assert.deepEqual(
    entities.revisions('note', sharedNote?.id ?? phone.note.id).map(({ operation }) => operation.value.text),
    [shared.base, shared.here, shared.there],
  );
  assert.deepEqual(
    entities.search('tomato').map(({ note }) => note.value.name),
    [soup.name],
  );
  assert.deepEqual(
    entities
      .devices()
      .map(({ value }) => value.name)
      .toSorted(),
    [fixture.device, 'Phone'],
  );
  assert.deepEqual(
    files.incomplete().map(({ id, value }) => ({ id, value })),
    [phone.file],
  );
}

function assertLog(home: TestHome): void {
  const { log } = home.store;
  assert.equal(log.operationCount(), 15);
  assert.equal(log.outboxCount(), 3);
  assert.deepEqual([log.cursor()?.log, log.cursor()?.seq], [fixture.log, 18]);
  assert.equal(log.countPositions(18), 2);
  assert.equal(log.writer().n, isCopy(home) ? 0 : 11);
  assert.deepEqual(log.holes(), [
    { device: phone.device, highest: 5, missing: 1, runs: [{ first: 3, last: 3 }] },
  ]);
  assert.deepEqual(
    log.quarantine().map(({ seq, reason }) => [seq, reason]),
    fixture.quarantined.map((reason, index) => [13 + index, reason]),
  );
}

async function assertContent(home: TestHome): Promise<void> {
  const file = [...home.store.entities.files()].find(({ value }) => value.name === soup.file);
  assert.ok(file !== undefined);
  const pieces = await Array.fromAsync((await home.files()).open(file.value));
  assert.deepEqual(Buffer.concat(pieces), Buffer.from(soup.content));
}

async function assertAccount(home: TestHome): Promise<void> {
  const profile = home.profile();
  assert.deepEqual(
    [profile?.server, profile?.passphrase.reveal(), profile?.device],
    [fixture.server, fixture.passphrase, fixture.device],
  );
  assert.ok(await createKeptRecord(home.directory).read());
}

/** As the homes of the fixtures are, from the schema on by which a store notices it: the copy names itself. */
function isCopy(home: TestHome): boolean {
  return home.store.facts.read('former-device') !== null;
}

function onlySpace(home: TestHome): Entity<'space'> {
  const [summary] = home.store.entities.spaces();
  assert.ok(summary !== undefined);
  return summary.space;
}

function byText(one: { readonly text: string }, other: { readonly text: string }): number {
  return one.text < other.text ? -1 : 1;
}
