import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { EntityId, NoteValue } from '@dataans/core';
import fc from 'fast-check';
import { createNodePrimitives } from '../node/primitives.ts';
import { openSqlite } from '../node/sqlite.ts';
import { makeFolder } from '../testing/test-notes.ts';
import { createStore } from './create-store.ts';
import { foldText } from './fold-text.ts';
import {
  append,
  change,
  fileValue,
  noteValue,
  openTestStore,
  randomUuid,
  spaceId,
  startMs,
} from '../testing/test-store.ts';
import type { Store } from './store.ts';

let nowMs = startMs;

function addNote(store: Store, given: Partial<NoteValue>): EntityId {
  const id = randomUuid<EntityId>();
  append(store, [change('note', id, noteValue(given))], (nowMs += 1));
  return id;
}

function edit(store: Store, id: EntityId, given: Partial<NoteValue>, deleted = false): void {
  const note = store.entities.read('note', id);
  assert.ok(note !== null);
  const value = { ...note.value, ...given };
  append(store, [change('note', id, value, { parents: note.heads, deleted })], (nowMs += 1));
}

function found(store: Store, query: string): readonly string[] {
  return store.entities.search(query).map(({ note }) => note.value.name);
}

test('[STO-6] every word counts, at any place in a word, the newest note first', (t) => {
  const store = openTestStore(t);
  addNote(store, { name: '1', text: 'Backups of the archive' });
  addNote(store, { name: '2', text: 'archived, and later: a backup' });
  addNote(store, { name: '3', text: 'only an archive' });
  assert.deepEqual(found(store, 'chiv'), ['3', '2', '1']);
  assert.deepEqual(found(store, 'archive backup'), ['2', '1']);
  assert.deepEqual(found(store, 'backup archive nothing'), []);
  assert.deepEqual(found(store, '   '), []);
});

test('[STO-6] short words are found too, alone and beside long ones', (t) => {
  const store = openTestStore(t);
  addNote(store, { name: '1', text: 'ls -la' });
  addNote(store, { name: '2', text: 'rm -rf everything' });
  assert.deepEqual(found(store, 'ls'), ['1']);
  assert.deepEqual(found(store, '-'), ['2', '1']);
  assert.deepEqual(found(store, 'rm everything'), ['2']);
  assert.deepEqual(found(store, 'ls everything'), []);
});

test('[STO-6] upper case and accents make no difference, letters of their own do', (t) => {
  const store = openTestStore(t);
  addNote(store, { name: '1', text: 'Žluťoučký kůň in der STRASSE, café' });
  addNote(store, { name: '2', text: 'Київ, мій край, ґанок' });
  for (const query of ['zlutoucky', 'KŮŇ', 'straße', 'cafe\u0301', 'CAFÉ'])
    assert.deepEqual(found(store, query), ['1']);
  for (const query of ['київ', 'КИЇВ', 'ки\u0457в', 'киі\u0308в', 'МІЙ'])
    assert.deepEqual(found(store, query), ['2']);
  for (const query of ['киів', 'міи']) assert.deepEqual(found(store, query), []);
});

test('[STO-6] names of notes and of their files are searched', (t) => {
  const store = openTestStore(t);
  const file = randomUuid<EntityId>();
  append(store, [change('file', file, fileValue('Diagram.png'))], (nowMs += 1));
  addNote(store, { name: 'tar.md', text: 'text' });
  addNote(store, { name: 'with a file', files: [file] });
  assert.deepEqual(found(store, 'TAR.MD'), ['tar.md']);
  assert.deepEqual(found(store, 'diagram'), ['with a file']);
  const heads = store.entities.read('file', file)?.heads ?? [];
  append(store, [change('file', file, fileValue('Sketch.png'), { parents: heads })], (nowMs += 1));
  assert.deepEqual(found(store, 'diagram'), []);
  assert.deepEqual(found(store, 'sketch with'), ['with a file']);
});

test('[STO-6] an edit, a removal and a return show at once', (t) => {
  const store = openTestStore(t);
  const id = addNote(store, { name: '1', text: 'before' });
  assert.deepEqual(found(store, 'before'), ['1']);
  edit(store, id, { text: 'after' });
  assert.deepEqual([found(store, 'before'), found(store, 'after')], [[], ['1']]);
  edit(store, id, {}, true);
  assert.deepEqual(found(store, 'after'), []);
  edit(store, id, {});
  assert.deepEqual(found(store, 'after'), ['1']);
});

test('[STO-6] notes that are removed together after a search are not found, and the others are', (t) => {
  const store = openTestStore(t);
  const ids = ['1', '2', '3', '4'].map((name) => addNote(store, { name, text: 'same' }));
  assert.deepEqual(found(store, 'same'), ['4', '3', '2', '1']);
  for (const id of ids.slice(1)) edit(store, id, {}, true);
  assert.deepEqual(found(store, 'same'), ['1']);
});

test('[STO-6] a search keeps to a space and to a limit', (t) => {
  const store = openTestStore(t);
  const other = randomUuid<EntityId>();
  for (const name of ['1', '2', '3']) addNote(store, { name, text: 'same' });
  addNote(store, { name: '4', text: 'same', space: other });
  const names = (filter: Parameters<Store['entities']['search']>[1]) =>
    store.entities.search('same', filter).map(({ note }) => note.value.name);
  assert.deepEqual(names({ space: spaceId }), ['3', '2', '1']);
  assert.deepEqual(names({ space: other }), ['4']);
  assert.deepEqual(names({ limit: 2 }), ['4', '3']);
  assert.deepEqual(names({ space: spaceId, limit: 1 }), ['3']);
});

test('[STO-6] what the index is asked for cannot be mistaken for its syntax', (t) => {
  const store = openTestStore(t);
  addNote(store, { name: '1', text: 'say "AND NOT" (or* ^x: {y}) -z \0nul' });
  for (const query of ['"and', 'not"', '(or*', '^x:', '{y})', '-z', 'nul', 'a\0nul'])
    assert.deepEqual(found(store, query), ['1'], query);
});

test('[STO-6] more notes than one batch of the index are all found', (t) => {
  const store = openTestStore(t);
  const notes = Array.from({ length: 1_203 }, (_, index) =>
    change('note', randomUuid<EntityId>(), noteValue({ name: String(index), text: `number ${index}.` })),
  );
  append(store, notes, (nowMs += 1));
  const told: unknown[] = [];
  const [hit] = store.entities.search('1202.', {}, (progress) => told.push(progress));
  assert.equal(hit?.note.value.name, '1202');
  assert.deepEqual(told, [
    { done: 500, total: 1_203 },
    { done: 1_000, total: 1_203 },
  ]);
  store.entities.search('1202.', {}, () => assert.fail('nothing is behind any more'));
  assert.equal(store.entities.search('number', { limit: 5_000 }).length, 1_203);
});

test('[STO-6] a search finds what a plain comparison of folded texts finds', () => {
  const letter = fc.constantFrom('a', 'b', 'Ä', 'ß', '"', 'и', '\u0306', 'й', 'є', 'Σ', '𝔘', 'ﬁ');
  const word = fc.string({ unit: letter, minLength: 1, maxLength: 5 });
  const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 8 }),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      (texts, words) => {
        const closers: (() => void)[] = [];
        const store = openTestStore({ after: (close) => closers.push(close as () => void) });
        try {
          for (const [index, each] of texts.entries()) addNote(store, { name: `${index}`, text: each });
          const asked = words.map(foldText).filter((part) => part !== '');
          const expected = texts.flatMap((each, index) => {
            const folded = foldText(`${index}\n${each}`);
            return asked.length > 0 && asked.every((part) => folded.includes(part)) ? [`${index}`] : [];
          });
          assert.deepEqual(found(store, words.join(' ')).toSorted(), expected.toSorted());
        } finally {
          for (const close of closers) close();
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('[STO-6] typography hides no word', (t) => {
  const store = openTestStore(t);
  addNote(store, { name: '1', text: 'we don’t know “much”' });
  addNote(store, { name: '2', text: 'Donau\u{ad}dampf\u{ad}schiff' });
  for (const query of ["don't", 'don’t', '"much"', '«much»']) assert.deepEqual(found(store, query), ['1']);
  assert.deepEqual(found(store, 'donaudampfschiff'), ['2']);
  assert.deepEqual(found(store, '\u{ad}'), []);
});

test('[STO-6] an index that an earlier folding made is made again, with progress', async (t) => {
  const file = join(await makeFolder(t), 'store.sqlite');
  const { randomBytes } = createNodePrimitives();
  const store = createStore({ database: openSqlite(file), randomBytes });
  t.after(() => store.close());
  for (let count = 0; count < 600; count += 1) addNote(store, { name: `${count}`, text: 'don’t' });
  assert.equal(found(store, "don't").length, 100);
  const other = openSqlite(file);
  other.exec(
    "INSERT INTO words (words) VALUES ('delete-all'); UPDATE facts SET value = '1' WHERE name = 'search-folding'",
  );
  other.close();
  let progress = 0;
  assert.equal(store.entities.search("don't", {}, () => (progress += 1)).length, 100);
  assert.equal(progress, 1);
});

test('the excerpt is the line of the first match, cut around it', (t) => {
  const store = openTestStore(t);
  const excerpt = (query: string) => store.entities.search(query)[0]?.excerpt;
  const long = `${'before '.repeat(40)}Nádraží ${'after '.repeat(40)}`;
  addNote(store, { name: 'stations.md', text: `# Title\r\n\n  a short line  \n${long}\nlast` });
  assert.equal(excerpt('short'), 'a short line');
  assert.equal(excerpt('last'), 'last');
  assert.equal(excerpt('stations'), 'stations.md');
  const cut = excerpt('nadrazi') ?? '';
  assert.match(cut, /^…(?:\w+ )+Nádraží (?:\w+ )+\w+…$/);
  assert.ok(cut.length <= 122);
});
