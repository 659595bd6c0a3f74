import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { sha256 } from '@dataans/server';
import { addNotes, noteTexts, signedIn, startServer, sync } from './world.ts';

/** A server whose data somebody changes behind its back. */
async function startTampered(t: TestContext) {
  const { address, dataFolder } = await startServer(t);
  const change = <Result>(work: (database: DatabaseSync) => Result): Result => {
    const database = new DatabaseSync(join(dataFolder, 'log.sqlite'));
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  return {
    address,
    /** Leaves only the hash of an entry. @returns what puts it back */
    prune: (seq: number): (() => void) => {
      const body = change((database) => {
        const row = database.prepare('SELECT body FROM operations WHERE seq = ?').get(seq);
        const envelope = row?.['body'] as Uint8Array; // A column of blobs.
        set(database, seq, 1, sha256(envelope));
        return envelope;
      });
      return () => {
        change((database) => {
          set(database, seq, 0, body);
        });
      };
    },
  };
}

function set(database: DatabaseSync, seq: number, kind: number, body: Uint8Array): void {
  const update = database.prepare('UPDATE operations SET kind = ?, body = ? WHERE seq = ?');
  assert.equal(update.run(kind, body, seq).changes, 1);
}

test('[SYN-21] [SYN-23] an entry that a server holds back stops nothing, is told, and is used when it comes', async (t) => {
  const server = await startTampered(t);
  const a = await signedIn(t, server.address);
  await addNotes(a, 3);
  await sync(a);
  const entry = a.store.log.operationCount() - 1;
  const giveBack = server.prune(entry);
  assert.deepEqual((await sync(a)).problems, [], 'who has it misses nothing');
  assert.equal((await (await a.verifier())()).found.count, 0);

  const b = await signedIn(t, server.address, a);
  await sync(b);
  assert.equal(noteTexts(b).length, 2);
  await addNotes(b, 1);
  assert.equal((await sync(b)).held, 0);
  const found = b.status().findings.map(({ kind, concerns }) => [kind, concerns.seq]);
  assert.deepEqual(found, [
    ['entry-withheld', entry],
    ['operations-missing', undefined],
  ]);
  const verified = await (await b.verifier())();
  assert.ok(verified.found.findings.some(({ kind }) => kind === 'entry-withheld'));
  await sync(b);
  assert.equal(b.status().findingCount, 2, 'until it comes');

  giveBack();
  assert.equal((await sync(b)).released, 1);
  assert.equal(noteTexts(b).length, 4);
  assert.deepEqual(b.status().findings, []);
  await sync(a);
  assert.deepEqual(noteTexts(a), noteTexts(b));
});
