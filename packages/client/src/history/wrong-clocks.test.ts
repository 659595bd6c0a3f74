import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createKeyring, unlockKeyring, type EntityId } from '@dataans/core';
import { createNodePrimitives } from '../node/primitives.ts';
import {
  append,
  change,
  noteValue,
  numberedUuid,
  openTestStore,
  otherDevice,
  readNote,
  receive,
  startMs,
  toReceived,
  testCursor,
} from '../testing/test-store.ts';
import { createNotebook } from '../notebook/create-notebook.ts';
import type { LocalRevision } from '../store/local-log.ts';
import { readClockLeftAhead } from '../store/clock-left-ahead.ts';
import { createReadAt } from './read-at.ts';
import { restoreMoment, type Moment } from './restore-moment.ts';
import { restoreSpace } from './restore-space.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const yearMs = 365 * dayMs;

const primitives = createNodePrimitives();
const keyring = await unlockKeyring(primitives, createKeyring(primitives));

/** A device whose clock is set by the test. */
function openDevice(t: TestContext) {
  const store = openTestStore(t);
  const time = { nowMs: startMs };
  const clock = { now: () => (time.nowMs += 1) };
  const notebook = createNotebook({ store, primitives, readKeyring: async () => keyring, clock });
  const { entities, past } = store;
  return {
    store,
    time,
    notebook,
    restore: (moment: Moment) => restoreMoment({ entities, past, notebook }, moment),
    restoreSpace: (space: EntityId) => restoreSpace({ entities, past, notebook }, space),
    texts: () => Array.from(entities.notes(), ({ value }) => value.text).toSorted(),
    stamps: () => Array.from(entities.notes(), ({ value, editedAt }) => [value.text, editedAt] as const),
  };
}

const note = (number: number) => numberedUuid<EntityId>('0e7e', number);

test('[CLK-6] a device whose clock was years ahead once stamps what it makes afterwards with the time it is', async (t) => {
  const { store, time, notebook, stamps } = openDevice(t);
  await notebook.nameDevice('Laptop');
  const space = await notebook.addSpace('S');
  time.nowMs = startMs + 10 * yearMs;
  await notebook.addNote({ space: space.id, text: 'ahead' });
  const { device } = store.log.writer();
  time.nowMs = startMs + dayMs;
  await notebook.addNote({ space: space.id, text: 'right' });
  const right = stamps().find(([text]) => text === 'right')?.[1] ?? 0;
  assert.ok(right > startMs + dayMs && right < startMs + dayMs + 100);
  assert.notEqual(store.log.writer().device, device);
  assert.equal(store.log.writer().n, 2, 'the name and the note, from 1');
  assert.deepEqual(
    store.entities
      .devices()
      .map(({ value }) => value.name)
      .toSorted(),
    ['Laptop', 'Laptop (2)'],
  );
  assert.equal(Math.round((readClockLeftAhead(store.facts)?.aheadMs ?? 0) / dayMs), 3_649);
});

test('[CLK-6] a clock that is put back by minutes makes no new device', async (t) => {
  const { store, time, notebook } = openDevice(t);
  await notebook.addSpace('before');
  const { device } = store.log.writer();
  time.nowMs -= 9 * 60_000;
  await notebook.addSpace('after');
  assert.equal(store.log.writer().device, device);
  assert.equal(readClockLeftAhead(store.facts), null);
});

test('[CLK-6] a clock that falls behind what the server said at the last sync makes no new device', async (t) => {
  const { store, time, notebook } = openDevice(t);
  await notebook.addSpace('before');
  store.facts.write('last-sync', '2026-01-01T00:00:00.000Z');
  const { device } = store.log.writer();
  time.nowMs -= dayMs;
  await notebook.addSpace('after');
  assert.equal(store.log.writer().device, device);
});

test('[CLK-5] [HIS-2] restored to an hour ago, what was made with a wrong clock and since it is right stays', async (t) => {
  const { store, time, notebook, restore, texts } = openDevice(t);
  const space = await notebook.addSpace('S');
  time.nowMs = startMs + 10 * yearMs;
  const ahead = await notebook.addNote({ space: space.id, text: 'ahead' });
  time.nowMs = startMs + dayMs;
  await notebook.editNote(readNote(store, ahead.id), { text: 'ahead, and edited' });
  await notebook.addNote({ space: space.id, text: 'right' });
  time.nowMs += 2 * hourMs;
  await notebook.editNote(readNote(store, ahead.id), { text: 'a mistake' });
  await notebook.addNote({ space: space.id, text: 'another' });
  await restore({ at: time.nowMs - hourMs });
  assert.deepEqual(texts(), ['ahead, and edited', 'right']);
});

test('[CLK-5] an edit is stamped after what it was made on, and the clock of its author stays where it is', async (t) => {
  const { store, time, notebook } = openDevice(t);
  const fast = otherDevice();
  receive(store, [fast.make(change('note', note(1), noteValue({ text: 'a' })), startMs + dayMs)]);
  await notebook.editNote(readNote(store, note(1)), { text: 'b' });
  assert.deepEqual(
    store.entities.revisions('note', note(1)).map(({ operation: { at, c } }) => [at - startMs, c]),
    [
      [dayMs, 0],
      [dayMs, 1],
    ],
  );
  assert.equal(store.log.writer().last.at, time.nowMs);
});

test('[CLK-2] [CLK-5] a note with the last stamp of all can still be edited', async (t) => {
  const { store, notebook, texts } = openDevice(t);
  const odd = otherDevice();
  receive(store, [odd.make(change('note', note(1), noteValue({ text: 'a' })), Number.MAX_SAFE_INTEGER)]);
  await notebook.editNote(readNote(store, note(1)), { text: 'b' });
  await notebook.editNote(readNote(store, note(1)), { text: 'c' });
  assert.deepEqual(texts(), ['c']);
  assert.equal(store.log.writer().n, 2);
});

/** A note of two hours ago that a device with a clock of its own overwrites, and one that it deletes, now. */
async function overwriteWith(t: TestContext, aheadMs: number) {
  const device = openDevice(t);
  const { store, time } = device;
  append(store, [change('note', note(1), noteValue({ text: 'good' }))], startMs);
  append(store, [change('note', note(2), noteValue({ text: 'kept' }))], startMs + 10);
  time.nowMs = startMs + 2 * hourMs;
  const other = openTestStore(t);
  const known = [note(1), note(2)].flatMap((id) => store.entities.revisions('note', id));
  receive(
    other,
    known.map((revision) => asReceived(store, revision)),
    time.nowMs + aheadMs,
  );
  const otherNotebook = createNotebook({
    store: other,
    primitives,
    readKeyring: async () => keyring,
    clock: { now: () => time.nowMs + aheadMs },
  });
  await otherNotebook.editNote(readNote(other, note(1)), { text: 'a mistake' });
  await otherNotebook.removeNote(readNote(other, note(2)));
  const made = [note(1), note(2)].flatMap((id) => other.entities.revisions('note', id).slice(1));
  receive(
    store,
    made.map((revision) => asReceived(other, revision)),
    time.nowMs,
  );
  return device;
}

function asReceived(
  { log }: Pick<ReturnType<typeof openTestStore>, 'log'>,
  { id, operation }: Pick<LocalRevision, 'id' | 'operation'>,
): LocalRevision {
  const encoded = Buffer.from(JSON.stringify(operation));
  return { id, operation, encoded, envelope: log.envelope(id) ?? new Uint8Array() };
}

for (const [clock, aheadMs] of [
  ['a day behind', -dayMs],
  ['a day ahead', dayMs],
  ['ten years ahead', 10 * yearMs],
  ['right', 0],
] as const)
  test(`[HIS-2] [HIS-14] restored to an hour ago, what a device whose clock is ${clock} did since is undone`, async (t) => {
    const { time, restore, texts } = await overwriteWith(t, aheadMs);
    assert.deepEqual(texts(), ['a mistake']);
    await restore({ at: time.nowMs + 1 });
    assert.deepEqual(texts(), ['a mistake'], 'at this time it was there');
    await restore({ at: time.nowMs - hourMs });
    assert.deepEqual(texts(), ['good', 'kept']);
  });

test('[HIS-15] a device that comes later finds out from the order of the log when a fast clock wrote', (t) => {
  const { store } = openDevice(t);
  const [right, fast] = [otherDevice(), otherDevice()];
  const at = (device: typeof right, number: number, ms: number) =>
    device.make(change('note', note(number), noteValue({ text: `${number}` })), startMs + ms);
  const entries = [
    at(right, 1, 1_000),
    at(fast, 2, 10 * yearMs),
    at(right, 3, -5_000), // Made offline long before, and sent late: it says nothing.
    at(fast, 4, 10 * yearMs + 1),
    at(right, 5, 3_000),
    at(fast, 6, 10 * yearMs + 2),
  ];
  const pages = [entries.slice(0, 3), entries.slice(3, 5), entries.slice(5)];
  const laterMs = startMs + 30 * dayMs;
  let seq = 0;
  for (const [index, page] of pages.entries()) {
    const received = page.map((revision) => toReceived(revision, (seq += 1)));
    store.log.applyPage(received, testCursor(seq), laterMs, index < 2 ? 'under-way' : 'at-once');
  }
  const thereAt = (ms: number) => {
    const readAt = createReadAt(store, ms);
    return [1, 2, 3, 4, 5, 6].filter((number) => readAt('note', note(number)) !== null);
  };
  assert.deepEqual(thereAt(startMs + 2_999), [1, 3]);
  assert.deepEqual(thereAt(startMs + 3_000), [1, 2, 3, 4, 5]);
  assert.deepEqual(thereAt(laterMs - 1), [1, 2, 3, 4, 5]);
  assert.deepEqual(thereAt(laterMs), [1, 2, 3, 4, 5, 6]);
});

test('[HIS-15] what comes after a sync says nothing of what an earlier one brought', (t) => {
  const { store } = openDevice(t);
  const [right, fast] = [otherDevice(), otherDevice()];
  const [late, nowMs] = [startMs + hourMs, startMs + dayMs];
  receive(store, [fast.make(change('note', note(1), noteValue()), startMs + yearMs)], nowMs);
  receive(store, [right.make(change('note', note(2), noteValue()), late)], nowMs + 1);
  assert.equal(createReadAt(store, nowMs - 1)('note', note(1)), null);
  assert.notEqual(createReadAt(store, nowMs)('note', note(1)), null);
});

test('[HIS-14] the time that has come for sure is the later of the clock here and the server’s', (t) => {
  const { store } = openDevice(t);
  const right = otherDevice();
  store.facts.write(
    'server-clock',
    JSON.stringify({ offsetMs: dayMs, serverMs: startMs + dayMs, othersAgreeWithLater: false }),
  );
  // This device is a day slow: what another one stamped an hour ago is not ahead.
  receive(store, [right.make(change('note', note(1), noteValue()), startMs + dayMs - hourMs)], startMs);
  assert.equal(createReadAt(store, startMs + dayMs - hourMs - 1)('note', note(1)), null);
  assert.notEqual(createReadAt(store, startMs + dayMs - hourMs)('note', note(1)), null);
});

test('[HIS-10] [CLK-5] a space that a slow clock deleted comes back with the notes that went with it', async (t) => {
  const { store, time, notebook, restoreSpace: back, texts } = openDevice(t);
  const other = otherDevice();
  const space = numberedUuid<EntityId>('5face', 7);
  receive(
    store,
    [
      other.make(change('space', space, { name: 'S', folder: null }), startMs),
      other.make(change('note', note(1), noteValue({ space, text: 'earlier' })), startMs + 1),
      other.make(change('note', note(2), noteValue({ space, text: 'a' })), startMs + 2),
      other.make(change('note', note(3), noteValue({ space, text: 'b' })), startMs + 3),
    ],
    startMs + 10,
  );
  time.nowMs = startMs - dayMs;
  await notebook.removeNote(readNote(store, note(1)));
  await notebook.addSpace('in between');
  await notebook.removeSpace(space);
  assert.deepEqual(texts(), []);
  await back(space);
  assert.deepEqual(texts(), ['a', 'b']);
});
