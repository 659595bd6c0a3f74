import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId, NoteValue } from '@dataans/core';
import fc from 'fast-check';
import {
  append,
  change,
  fileValue,
  noteValue,
  numberedUuid,
  openTestStore,
  otherDevice,
  randomUuid,
  readNote,
  receive,
  spaceId,
  startMs,
} from '../../testing/test-store.ts';
import type { Store } from '../store.ts';
import type { NoteQuery, NoteWindow } from './windows.ts';

const minuteMs = 60_000;

function addNotes(store: Store, texts: readonly string[], nowMs: number): readonly EntityId[] {
  const ids = texts.map(() => randomUuid<EntityId>());
  const changes = ids.map((id, index) => change('note', id, noteValue({ text: texts[index] ?? '' })));
  append(store, changes, nowMs);
  return ids;
}

function edit(store: Store, id: EntityId, given: Partial<NoteValue>, nowMs: number, deleted = false): void {
  const note = readNote(store, id);
  const value = { ...note.value, ...given };
  append(store, [change('note', id, value, { parents: note.heads, deleted })], nowMs);
}

function addSpace(store: Store, id: EntityId, name: string, look: object = {}): void {
  append(store, [change('space', id, { name, folder: null, ...look })], startMs);
}

function show(store: Store, query: Partial<NoteQuery> = {}): NoteWindow & { readonly texts: string } {
  const window = store.windows.stream({ space: spaceId, ...query });
  return { ...window, texts: window.rows.map(({ beginning }) => beginning).join(' ') };
}

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

test('[STO-34] a window of a stream goes on before and after, to both of its ends', (t) => {
  const store = openTestStore(t);
  letters.forEach((letter, index) => addNotes(store, [letter], startMs + index * minuteMs));
  const newest = show(store, { limit: 3 });
  assert.equal(newest.texts, 'e f g');
  assert.equal(newest.after, null);
  assert.ok(newest.before !== null);
  const middle = show(store, { place: { before: newest.before }, limit: 3 });
  assert.equal(middle.texts, 'b c d');
  assert.ok(middle.before !== null && middle.after !== null);
  const oldest = show(store, { place: { before: middle.before }, limit: 3 });
  assert.deepEqual([oldest.texts, oldest.before], ['a', null]);
  assert.equal(show(store, { place: { after: middle.after }, limit: 9 }).texts, 'e f g');
  assert.equal(show(store, { place: 'oldest', limit: 2 }).texts, 'a b');
  assert.deepEqual(show(store, { space: randomUuid<EntityId>() }), {
    rows: [],
    before: null,
    after: null,
    texts: '',
  });
});

test('[STO-34] a window around a note has it in the middle, and is full near an end', (t) => {
  const store = openTestStore(t);
  const ids = letters.flatMap((letter, index) => addNotes(store, [letter], startMs + index * minuteMs));
  const around = (index: number) => show(store, { place: { around: ids[index] ?? spaceId }, limit: 4 }).texts;
  assert.deepEqual([around(0), around(3), around(6)], ['a b c d', 'c d e f', 'd e f g']);
  assert.equal(show(store, { place: { around: randomUuid<EntityId>() }, limit: 2 }).texts, 'f g');
  edit(store, ids[3] ?? spaceId, {}, startMs + 9 * minuteMs, true);
  assert.equal(around(3), 'b c e f');
});

test('[STO-34] notes that were written within one millisecond stay in the order in which they were written', (t) => {
  const store = openTestStore(t);
  addNotes(store, letters, startMs);
  assert.equal(show(store).texts, letters.join(' '));
  const device = otherDevice();
  const other = openTestStore(t);
  const made = letters.map((text) =>
    device.make(change('note', randomUuid<EntityId>(), noteValue({ text })), startMs),
  );
  receive(other, made.toReversed());
  assert.equal(show(other).texts, letters.join(' '));
});

test('[STO-34] a date says where in the stream a note is, until it is taken away', (t) => {
  const store = openTestStore(t);
  const [first = spaceId, , third = spaceId] = addNotes(store, ['a', 'b', 'c'], startMs);
  edit(store, third, { date: startMs - 5 }, startMs + 1);
  assert.equal(show(store).texts, 'c a b');
  assert.deepEqual(
    show(store).rows.map(({ moment, date }) => [moment - startMs, date]),
    [
      [-5, startMs - 5],
      [0, null],
      [0, null],
    ],
  );
  assert.equal(show(store, { place: { from: startMs } }).texts, 'a b');
  edit(store, third, { date: null }, startMs + 2);
  edit(store, first, { date: startMs + minuteMs }, startMs + 3);
  assert.equal(show(store).texts, 'b c a');
});

test('[STO-34] the date that two edits agree on counts, when they are merged', (t) => {
  const store = openTestStore(t);
  const [id = spaceId] = addNotes(store, ['a'], startMs);
  const { heads, value } = readNote(store, id);
  const [device, another] = [otherDevice(), otherDevice()];
  const date = startMs - 100;
  receive(store, [
    device.make(change('note', id, { ...value, date }, { parents: heads }), startMs + 1),
    another.make(change('note', id, { ...value, pinned: true }, { parents: heads }), startMs + 2),
  ]);
  const [row] = show(store).rows;
  assert.deepEqual([row?.moment, row?.pinned, row?.date], [date, true, date]);
});

test('[STO-34] pages one after another show every note once, wherever they begin', () => {
  const moments = fc.array(fc.record({ at: fc.nat(3), date: fc.option(fc.nat(4)) }), { maxLength: 12 });
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 5 }), (given, limit) => {
      const closers: (() => void)[] = [];
      const store = openTestStore({ after: (close) => closers.push(close as () => void) });
      given.forEach(({ at, date }, index) => {
        const value = noteValue({ text: `${index}`, date: date === null ? null : startMs + date });
        append(store, [change('note', randomUuid<EntityId>(), value)], startMs + at);
      });
      const whole = show(store, { limit: 100 }).rows.map(({ id }) => id);
      const up: EntityId[] = [];
      let page = show(store, { limit });
      for (up.unshift(...page.rows.map(({ id }) => id)); page.before !== null;) {
        page = show(store, { place: { before: page.before }, limit });
        up.unshift(...page.rows.map(({ id }) => id));
      }
      const down: EntityId[] = [];
      page = show(store, { place: 'oldest', limit });
      for (down.push(...page.rows.map(({ id }) => id)); page.after !== null;) {
        page = show(store, { place: { after: page.after }, limit });
        down.push(...page.rows.map(({ id }) => id));
      }
      for (const close of closers) close();
      assert.deepEqual([up, down], [whole, whole]);
    }),
    { numRuns: 60 },
  );
});

test('a row has the beginning of a text, in which no symbol is cut in two', (t) => {
  const store = openTestStore(t);
  addNotes(store, ['# Title\n12🗒️345'], startMs);
  const row = (beginning: number) => show(store, { beginning }).rows[0];
  assert.deepEqual([row(10)?.beginning, row(10)?.isWhole], ['# Title\n12', false]);
  assert.equal(row(11)?.beginning, '# Title\n12');
  assert.equal(row(12)?.beginning, '# Title\n12🗒');
  assert.deepEqual([row(99)?.isWhole, row(0)?.beginning, row(0)?.title], [true, '', 'Title']);
});

test("a row has the note's files in the note's order, without those that aren't known or are deleted", (t) => {
  const store = openTestStore(t);
  const [film, gone, unknown, picture] = [1, 2, 3, 4].map((number) => numberedUuid<EntityId>('f11e', number));
  assert.ok(film !== undefined && gone !== undefined && unknown !== undefined && picture !== undefined);
  const look = { type: 'image/png', width: 30, height: 20, preview: 'iVBORw0KGgoAAAD_' };
  append(
    store,
    [
      change('file', picture, { ...fileValue('picture.png'), bytes: 7, ...look }),
      change('file', gone, fileValue('gone'), { deleted: true }),
      change('file', film, fileValue('film')),
      change('note', randomUuid<EntityId>(), noteValue({ files: [picture, gone, unknown, film] })),
      change('note', randomUuid<EntityId>(), noteValue({ files: [film] })),
    ],
    startMs,
  );
  const filmRow = { id: film, name: 'film', bytes: 0, type: null, width: null, height: null, preview: null };
  assert.deepEqual(
    show(store).rows.map(({ files }) => files),
    [
      [
        {
          id: picture,
          name: 'picture.png',
          bytes: 7,
          ...look,
          preview: 'data:image/png;base64,iVBORw0KGgoAAAD/',
        },
        filmRow,
      ],
      [filmRow],
    ],
  );
});

test('a row says what is not on the server yet, and what was changed', (t) => {
  const store = openTestStore(t);
  const device = otherDevice();
  const id = randomUuid<EntityId>();
  receive(store, [device.make(change('note', id, noteValue({ text: 'a' })), startMs)]);
  const [before] = show(store).rows;
  assert.deepEqual([before?.backedUp, before?.edited], [true, false]);
  edit(store, id, { text: 'b', pinned: true }, startMs + 5);
  const [after] = show(store).rows;
  assert.deepEqual([after?.backedUp, after?.edited, after?.editedAt], [false, true, startMs + 5]);
  assert.deepEqual(store.windows.pinned(spaceId), [after]);
  edit(store, id, {}, startMs + 6, true);
  assert.deepEqual([store.windows.pinned(spaceId), show(store).rows], [[], []]);
});

test('[STO-34] pages of the trash have the newest deletion first, and every deleted note once', (t) => {
  const store = openTestStore(t);
  const ids = addNotes(store, ['a', 'b', 'c', 'd', 'e'], startMs);
  const changes = ids.slice(1).map((id, index) =>
    change('note', id, noteValue({ text: 'bcde'[index] ?? '' }), {
      parents: readNote(store, id).heads,
      deleted: true,
    }),
  );
  append(store, changes.slice(2), startMs + 5);
  append(store, changes.slice(0, 2), startMs + 9);
  const texts: string[] = [];
  let page = store.windows.trash({ limit: 1 });
  for (texts.push(...page.rows.map(({ beginning }) => beginning)); page.before !== null;) {
    page = store.windows.trash({ limit: 1, before: page.before });
    texts.push(...page.rows.map(({ beginning }) => beginning));
  }
  assert.deepEqual(
    [texts.slice(0, 2).toSorted(), texts.slice(2).toSorted()],
    [
      ['b', 'c'],
      ['d', 'e'],
    ],
  );
  assert.deepEqual(
    store.windows.trash({}).rows.map(({ editedAt }) => editedAt - startMs),
    [9, 9, 5, 5],
  );
});

test('spaces come pinned first, then in their order, then by name, with their newest notes', (t) => {
  const store = openTestStore(t);
  const ids = [1, 2, 3, 4, 5].map((number) => numberedUuid<EntityId>('5face', number));
  const looks = [{}, {}, { order: 'b' }, { order: 'a', colour: 'teal', icon: '🌱' }, { pinned: true }];
  ['Žito', 'apples', 'ordered', 'ordered first', 'pinned'].forEach((name, index) =>
    addSpace(store, ids[index] ?? spaceId, name, looks[index]),
  );
  addNotes(store, ['older', 'newest'], startMs + 1);
  const rows = store.windows.spaces();
  assert.deepEqual(
    rows.map(({ name, notes, last }) => [name, notes, last?.beginning ?? null]),
    [
      ['pinned', 0, null],
      ['ordered first', 0, null],
      ['ordered', 0, null],
      ['apples', 0, null],
      ['Žito', 2, 'newest'],
    ],
  );
  assert.deepEqual([rows[1]?.colour, rows[1]?.icon, rows[1]?.order], ['teal', '🌱', 'a']);
});

test('however notes come, go and move, each space says how many it has', (t) => {
  const spaces = [spaceId, numberedUuid<EntityId>('5face', 2)];
  const doings = fc.array(
    fc.tuple(fc.constantFrom('add', 'move', 'delete', 'bring back'), fc.nat(), fc.nat(1)),
  );
  fc.assert(
    fc.property(doings, (chosen) => {
      const store = openTestStore(t);
      for (const space of spaces) addSpace(store, space, space);
      const notes: { readonly id: EntityId; space: EntityId; isHere: boolean }[] = [];
      for (const [index, [doing, place, which]] of chosen.entries()) {
        const space = spaces[which] ?? spaceId;
        const nowMs = startMs + index + 1;
        const note = notes[place % Math.max(1, notes.length)];
        if (doing === 'add') {
          const [id] = addNotes(store, ['new'], nowMs);
          if (id === undefined) continue;
          edit(store, id, { space }, nowMs);
          notes.push({ id, space, isHere: true });
        } else if (note !== undefined) {
          note.isHere = doing !== 'delete';
          if (doing === 'move') note.space = space;
          edit(store, note.id, { space: note.space }, nowMs, !note.isHere);
        }
      }
      for (const { id, notes: count } of store.windows.spaces())
        assert.equal(count, notes.filter(({ space, isHere }) => isHere && space === id).length);
    }),
    { numRuns: 50 },
  );
});

test('[STO-35] notes are unread until they are marked, also those that arrive later and are older', (t) => {
  const store = openTestStore(t);
  addSpace(store, spaceId, 'Inbox');
  const device = otherDevice();
  const unread = () => store.windows.spaces()[0]?.unread;
  const arrive = (atMs: number) =>
    receive(store, [device.make(change('note', randomUuid<EntityId>(), noteValue()), atMs)]);
  for (const atMs of [10, 20, 30]) arrive(startMs + atMs);
  assert.equal(unread(), 3);
  store.windows.markRead(spaceId, startMs + 20);
  assert.equal(unread(), 1);
  receive(store, [otherDevice().make(change('note', randomUuid<EntityId>(), noteValue()), startMs + 5)]);
  assert.equal(unread(), 2);
  store.windows.markAllRead();
  assert.equal(unread(), 0);
  arrive(startMs + 40);
  assert.equal(unread(), 1);
  store.windows.markRead(randomUuid<EntityId>(), startMs);
});

test('days have their notes in the time zone of whoever reads', (t) => {
  const store = openTestStore(t);
  const at = (text: string): number => Date.parse(text);
  const dates = [
    '2026-03-28T22:30:00Z', // 00:30 on the 29th in Kyiv, where the clock goes forward at 03:00
    '2026-03-29T20:59:59.999Z', // 23:59 in summer time
    '2026-03-29T21:00:00Z', // 00:00 on the 30th
    '2026-10-25T20:30:00Z', // 22:30 in winter time, of the day on which the clock went back
    '2026-10-25T22:00:00Z', // 00:00 on the 26th
  ].map(at);
  append(
    store,
    dates.map((date) => change('note', randomUuid<EntityId>(), noteValue({ date }))),
    startMs,
  );
  const days = (zone: string) => store.windows.days(spaceId, zone);
  assert.deepEqual(days('Europe/Kyiv'), [
    { day: '2026-03-29', from: dates[0], notes: 2 },
    { day: '2026-03-30', from: dates[2], notes: 1 },
    { day: '2026-10-25', from: dates[3], notes: 1 },
    { day: '2026-10-26', from: dates[4], notes: 1 },
  ]);
  assert.deepEqual(
    days('UTC').map(({ day, notes }) => [day, notes]),
    [
      ['2026-03-28', 1],
      ['2026-03-29', 2],
      ['2026-10-25', 2],
    ],
  );
  assert.throws(() => days('Mars/Olympus'), { code: 'invalid' });
  assert.deepEqual(store.windows.days(randomUuid<EntityId>(), 'UTC'), []);
});
