import type { NoteWindow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { percentile, plainRow, timed, type Row } from '../measure.ts';
import { openHome } from '../world/device.ts';
import { writerName, type ManyNotes } from '../world/many-notes.ts';
import { writeNotes } from '../world/write-notes.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

const windowMsMax = 2;
const rounds = 100;

/** Parts of long lists: 50 rows of a stream anywhere in it, the list of spaces, the days of a space. */
export async function measureWindows({ folder, most: space, count }: ManyNotes): Promise<readonly Row[]> {
  const home = openHome(folder, writerName);
  const label = `of ${count.toLocaleString('en')} notes`;
  const windows = await timeWindows(home, space);
  const spaces = await timeEach(() => home.store.windows.spaces());
  const search = await timeSearches(home, space);
  const past = await timePast(home);
  const days = await timeEach(() => home.store.windows.days(space, 'Europe/Kyiv'));
  await home.close();
  const figure = percentile(windows, 0.5);
  const goal = { text: `≤ ${windowMsMax} ms`, reached: figure <= windowMsMax };
  return [
    plainRow(`a window of 50 anywhere, ${label}`, figure, 'ms', goal),
    plainRow(`the same, 95 of 100 in`, percentile(windows, 0.95), 'ms'),
    plainRow(`spaces with last and unread, ${label}`, percentile(spaces, 0.5), 'ms'),
    plainRow(`days of a space, ${label}`, percentile(days, 0.5), 'ms'),
    ...search,
    past,
  ];
}

/** Windows one before the other, through the whole stream. */
async function timeWindows({ store }: TestHome, space: EntityId): Promise<readonly number[]> {
  const times: number[] = [];
  let window: NoteWindow = store.windows.stream({ space });
  while (window.before !== null) {
    const { before } = window;
    const { ms, result } = await timed(() => store.windows.stream({ space, place: { before } }));
    times.push(ms);
    window = result;
  }
  return times;
}

async function timeEach(work: () => unknown): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push((await timed(work)).ms);
  return times;
}

const stepMsMax = 50;
/** One and two characters, and a word, of hexadecimal texts: each has very many notes, and no term of the index has most. */
const searched = ['7', '7b', '7b3e1'];

/** The longest step of the index, and searches for a screen, everywhere and in a space. */
async function timeSearches({ store }: TestHome, space: EntityId): Promise<readonly Row[]> {
  const steps: number[] = [];
  let began = performance.now();
  const pause = async (): Promise<void> => {
    steps.push(performance.now() - began);
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  };
  await store.search.index({ pause });
  const longest = Math.max(...steps);
  const goal = { text: `≤ ${stepMsMax} ms`, reached: longest <= stepMsMax };
  const rows: Row[] = [
    plainRow('a step of indexing', percentile(steps, 0.5), 'ms'),
    plainRow('the longest step of indexing', longest, 'ms', goal),
  ];
  for (const words of searched)
    for (const [where, filter] of [
      ['everywhere', {}],
      ['in a space', { space }],
    ] as const) {
      const times: number[] = [];
      for (let round = 0; round < 10; round += 1)
        times.push((await timed(() => store.search.find({ words, ...filter }, { pause }))).ms);
      rows.push(plainRow(`search of ${words.length} characters ${where}`, percentile(times, 0.5), 'ms'));
    }
  return rows;
}

const pastMsMax = 100;
const notesOfPast = 2_000;

/** A space whose notes were all changed three times since, as it was before; each time another moment. */
async function timePast(home: TestHome): Promise<Row> {
  const { id: space } = await home.spaces.add({ name: 'changed' });
  await writeNotes(home, space, notesOfPast);
  const then = home.store.past.latest();
  const ids = Array.from(home.store.entities.notes({ space }), ({ id }) => id);
  for (const pinned of [true, false, true]) await home.notes.pin(ids, pinned);
  const times: number[] = [];
  for (let round = 0; round < 10; round += 1)
    times.push((await timed(() => home.history.at(then - (round % 2), { space }))).ms);
  const figure = percentile(times, 0.5);
  const goal = { text: `≤ ${pastMsMax} ms`, reached: figure <= pastMsMax };
  return plainRow(
    `a space of ${notesOfPast.toLocaleString('en')} as it was, all changed since`,
    figure,
    'ms',
    goal,
  );
}
