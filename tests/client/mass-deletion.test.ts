import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acknowledgeMassDeletion } from '../../packages/client/src/status/mass-deletion.ts';
import { restoreMoment } from '../../packages/client/src/history/restore-moment.ts';
import type { Entity } from '../../packages/client/src/store/entities.ts';
import type { SyncReport } from '../../packages/client/src/sync/sync-engine.ts';
import { assertWhole, backUp, startInPlaceOf } from './healing-world.ts';
import { addNotes, noteTexts, signedIn, startServer, sync } from './world.ts';
import { openTestHome, type TestHome } from '../../packages/client/src/testing/test-home.ts';

async function deleteNotes(
  home: TestHome,
  count: number,
  isMeant: (note: Entity<'note'>) => boolean = () => true,
): Promise<void> {
  const notebook = await home.notebook();
  const notes = [...home.store.entities.notes()].filter(isMeant).slice(0, count);
  await notebook.record(() =>
    notes.map(({ id, heads, value }) => ({ entity: 'note', id, parents: heads, deleted: true, value })),
  );
}

async function bringBack(home: TestHome, { massDeletion }: Pick<SyncReport, 'massDeletion'>): Promise<void> {
  assert.ok(massDeletion !== null);
  const { store } = home;
  const here = { entities: store.entities, past: store.past, notebook: await home.notebook() };
  await restoreMoment(here, { at: massDeletion.before, onlyDeleted: true });
}

test('[GRD-1] [GRD-2] a sync that takes many notes is applied and told, by the status too and after a restart, until somebody acknowledges it', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 60);
  await sync(a);
  const b = await signedIn(t, address, a);
  const first = await sync(b);
  assert.equal(first.massDeletion, null);
  const texts = noteTexts(b);

  await deleteNotes(a, 30);
  assert.equal((await sync(a)).massDeletion, null);
  const report = await sync(b);
  assert.deepEqual([report.massDeletion?.deleted, report.massDeletion?.notes], [30, 60]);
  assert.equal(noteTexts(b).length, 30);
  assert.equal((await sync(b)).massDeletion, null);
  assert.deepEqual(b.status().massDeletion, report.massDeletion);
  assert.equal(a.status().massDeletion, null);
  await b.close();
  const again = openTestHome({ directory: b.directory });
  t.after(() => again.close());
  assert.deepEqual(again.status().massDeletion, report.massDeletion);

  await addNotes(again, 1);
  await bringBack(again, report);
  assert.deepEqual(noteTexts(again), [...texts, 'note 0'].toSorted());
  acknowledgeMassDeletion(again.store);
  assert.equal(again.status().massDeletion, null);
  await assertWhole(t, address, again, a);
  assert.equal(a.status().massDeletion, null);
});

test('[GRD-3] a sync that is cut off between its pages counts together with the one that goes on', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 1_400);
  await sync(a);
  const b = await signedIn(t, address, a);
  await sync(b);
  await deleteNotes(a, 1_200);
  await sync(a);
  const operations = b.store.log.operationCount();
  const stop = new AbortController();
  const engine = await b.engine();
  const stopped = engine.sync({
    signal: stop.signal,
    onProgress: ({ phase, done }) => {
      if (phase === 'receive' && done > 0) stop.abort();
    },
  });
  await assert.rejects(stopped);
  const taken = b.store.log.operationCount() - operations;
  assert.ok(taken > 0 && taken < 1_200, `${taken}`);
  assert.equal(b.status().massDeletion?.deleted, taken);
  const report = await sync(b);
  assert.deepEqual([report.massDeletion?.deleted, report.massDeletion?.notes], [1_200, 1_400]);
});

test('[GRD-1] neither an emptied server nor its healing counts as a deletion', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await addNotes(a, 40);
  await sync(a);
  await deleteNotes(a, 25);
  await sync(a);
  const b = await signedIn(t, first.address, a);
  assert.equal((await sync(b)).massDeletion, null);
  const { server } = await backUp(t, first);
  await startInPlaceOf(t, server);
  for (const home of [a, b, a]) assert.equal((await sync(home)).massDeletion, null);
  for (const home of [a, b]) assert.equal(home.status().massDeletion, null);
});

test('[GRD-4] [HIS-8] a sync that empties or overwrites many notes is told, and one command brings their texts back', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 60);
  await sync(a);
  const b = await signedIn(t, address, a);
  await sync(b);
  const texts = noteTexts(b);

  await overwrite(a, 15, '');
  await sync(a);
  assert.equal((await sync(b)).massDeletion, null, 'not many yet');
  await overwrite(a, 30, ' ');
  await sync(a);
  const report = await sync(b);
  assert.deepEqual(
    [report.massDeletion?.deleted, report.massDeletion?.overwritten, report.massDeletion?.notes],
    [0, 30, 60],
  );
  assert.deepEqual(b.status().massDeletion, report.massDeletion);

  await addNotes(b, 1);
  await bringBack(b, report);
  assert.deepEqual(noteTexts(b), [...texts, 'note 0'].toSorted());
  acknowledgeMassDeletion(b.store);
  assert.equal(b.status().massDeletion, null);
});

test('[GRD-4] deletions and overwritings count together, and many usual edits do not', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 60);
  await sync(a);
  const b = await signedIn(t, address, a);
  await sync(b);

  await overwrite(a, 60, 'another word, and more of them than there were');
  await sync(a);
  assert.equal((await sync(b)).massDeletion, null, 'so little text says nothing');
  await overwrite(a, 12, '');
  await deleteNotes(a, 12, ({ value }) => value.text !== '');
  await sync(a);
  const { massDeletion } = await sync(b);
  assert.deepEqual([massDeletion?.deleted, massDeletion?.overwritten, massDeletion?.notes], [12, 12, 60]);
});

async function overwrite(home: TestHome, count: number, text: string): Promise<void> {
  const notebook = await home.notebook();
  const notes = [...home.store.entities.notes()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  await notebook.record(() =>
    notes.slice(-count).map(({ id, heads, value }) => ({
      entity: 'note',
      id,
      parents: heads,
      deleted: false,
      value: { ...value, text },
    })),
  );
}
