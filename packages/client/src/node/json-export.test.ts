import assert from 'node:assert/strict';
import { appendFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { DataansError, type EntityId, type EntityKind } from '@dataans/core';
import { makeFolder, openTestNotes, readTree, writeTree, type TestNotes } from '../testing/test-notes.ts';

/** Notes with everything that there is to keep. */
async function makeNotes(t: TestContext): Promise<TestNotes> {
  const notes = await openTestNotes(t);
  const folder = join(await makeFolder(t), 'notes');
  await writeTree(folder, {
    'a.md': '\ufeffline\r\n\u2028"quoted"\\ \0\u001b ї 🗒',
    'x/y/empty.md': '',
    'x/picture.png': Uint8Array.of(0, 255, 10, 13),
    'x/empty': '',
  });
  await notes.importFrom(folder);
  const { id: space } = await notes.notebook.addSpace('By hand');
  const pinned = await notes.notebook.addNote({ space, text: 'pinned', pinned: true });
  await notes.notebook.editNote(pinned, { text: 'pinned and edited', date: -1 });
  await writeMembersOfAll(notes);
  await notes.notebook.removeNote(await notes.notebook.addNote({ space, text: 'deleted' }));
  return notes;
}

/** Optional members, and such as a newer program may have, some of them named like what a line has itself. */
async function writeMembersOfAll({ entities, notebook }: TestNotes): Promise<void> {
  const later: object = JSON.parse(
    '{"tags":["a",{"b":null}],"id":7,"more":1,"createdAt":"x","__proto__":{"c":1}}',
  ) as object;
  const file = { type: 'image/png', width: 4, height: 3, preview: 'AA', ...later };
  const space = { colour: 'teal', icon: '🍋', pinned: true, order: 'a0V', ...later };
  const spaces = entities.spaces().map((each) => ({ ...each.space, members: space }));
  const notes = Array.from(entities.notes(), (note) => ({ ...note, members: later }));
  const files = Array.from(entities.files(), (each) => ({ ...each, members: file }));
  // Kind and value belong together, as they were read.
  await notebook.record(() =>
    [...spaces, ...files, ...notes].map(
      ({ kind, id, heads, value, members }) =>
        ({ entity: kind, id, parents: heads, deleted: false, value: { ...value, ...members } }) as never,
    ),
  );
}

async function exportJson(t: TestContext, notes: TestNotes): Promise<string> {
  const out = join(await makeFolder(t), 'out');
  await notes.exportTo(out, { format: 'json' });
  return out;
}

/** Everything that lives, without what another account or time changes. */
function describe({ entities }: TestNotes): unknown {
  const files = Array.from(entities.files(), ({ id, value }) => ({
    id,
    value: { ...value, chunks: null },
  }));
  return {
    spaces: entities.spaces().map(({ space }) => [space.id, space.value]),
    notes: Array.from(entities.notes(), ({ id, value }) => [id, value]),
    files: files.toSorted((left, right) => (left.id < right.id ? -1 : 1)),
  };
}

function count(report: Awaited<ReturnType<TestNotes['importFrom']>>): readonly number[] {
  const { spaces, notes, attachments } = report;
  return [spaces, notes, attachments].map(({ added, changed }) => added + changed);
}

test('[IMP-9] [EXP-7] an empty home of another account gets the same spaces, notes, files, ids and order', async (t) => {
  const notes = await makeNotes(t);
  const out = await exportJson(t, notes);
  const restored = await openTestNotes(t);
  const report = await restored.importFrom(out);
  assert.deepEqual([report.complete, report.skipped, count(report)], [true, [], [4, 5, 2]]);
  assert.deepEqual(describe(restored), describe(notes));
  const markdown = [join(await makeFolder(t), 'a'), join(await makeFolder(t), 'b')] as const;
  await notes.exportTo(markdown[0]);
  await restored.exportTo(markdown[1]);
  assert.deepEqual(await readTree(markdown[1]), await readTree(markdown[0]));
});

test('[IMP-9] a member that no program could have written is reported, and the other lines are restored', async (t) => {
  const notes = await makeNotes(t);
  const out = await exportJson(t, notes);
  const lines = (await readFile(join(out, 'spaces.jsonl'), 'utf8')).split('\n');
  const nested = `${'['.repeat(40)}${']'.repeat(40)}`;
  lines[0] = lines[0]?.replace('"colour":"teal"', '"colour":7') ?? '';
  lines[1] = lines[1]?.replace('"more":{', `"more":{"deep":${nested},`) ?? '';
  await writeFile(join(out, 'spaces.jsonl'), lines.join('\n'));
  const restored = await openTestNotes(t);
  const report = await restored.importFrom(out);
  assert.deepEqual(
    report.skipped.map(({ reason, message }) => [reason, message]),
    Array.from({ length: 2 }, () => ['damaged', 'A member of it is not what an export writes.']),
  );
  assert.deepEqual(count(report), [2, 5, 2]);
});

test('[IMP-9] importing an export again changes nothing, here and where it was restored', async (t) => {
  const notes = await makeNotes(t);
  const out = await exportJson(t, notes);
  const restored = await openTestNotes(t);
  await restored.importFrom(out);
  for (const device of [notes, restored]) {
    const { n } = device.store.log.writer();
    assert.deepEqual(count(await device.importFrom(out)), [0, 0, 0]);
    assert.equal(device.store.log.writer().n, n);
  }
});

test('[IMP-9] what was changed or deleted since comes back as it was exported', async (t) => {
  const notes = await makeNotes(t);
  const out = await exportJson(t, notes);
  const before = describe(notes);
  for (const note of Array.from(notes.entities.notes()).toReversed())
    await (note.value.pinned
      ? notes.notebook.editNote(note, { text: 'other' })
      : notes.notebook.removeNote(note));
  assert.deepEqual(count(await notes.importFrom(out)), [0, 5, 0]);
  assert.deepEqual(describe(notes), before);
});

test('[EXP-7] every line is JSON with times and the conflict mark, the oldest edit first', async (t) => {
  const notes = await makeNotes(t);
  const out = await exportJson(t, notes);
  const manifest: unknown = JSON.parse(await readFile(join(out, 'dataans-export.json'), 'utf8'));
  const { hashes, proof, ...rest } = manifest as Record<string, unknown>;
  assert.deepEqual([typeof hashes, typeof proof], ['object', 'object']);
  assert.deepEqual(rest, {
    format: 'dataans-export',
    version: 1,
    spaces: 4,
    files: 2,
    notes: 5,
  });
  for (const [name, kind] of [
    ['spaces', 'space'],
    ['files', 'file'],
    ['notes', 'note'],
  ] as const) {
    const lines = (await readFile(join(out, `${name}.jsonl`), 'utf8')).trimEnd().split('\n');
    const entities = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const { id, createdAt, editedAt, conflict, more, ...members } of entities) {
      const value = { ...members, ...(more as object) };
      const entity = notes.entities.read<EntityKind>(kind, id as never);
      assert.deepEqual([entity?.createdAt, entity?.editedAt], [createdAt, editedAt]);
      assert.equal(conflict, kind === 'note' ? false : undefined);
      assert.deepEqual({ ...entity?.value, ...value }, entity?.value);
    }
    const times = entities.map(({ editedAt }) => Number(editedAt));
    assert.deepEqual(
      times,
      times.toSorted((left, right) => left - right),
    );
  }
});

test('[EXP-7] a note in conflict says so', async (t) => {
  const one = await openTestNotes(t);
  const { id: space } = await one.notebook.addSpace('x');
  const note = await one.notebook.addNote({ space, text: 'line\n' });
  const other = await openTestNotes(t, one.keyring);
  await other.receiveFrom(one);
  await one.notebook.editNote(note, { text: 'mine\n' });
  await other.notebook.editNote(note, { text: 'theirs\n' });
  await other.receiveFrom(one);
  const lines = await readFile(join(await exportJson(t, other), 'notes.jsonl'), 'utf8');
  assert.equal((JSON.parse(lines) as { conflict: boolean }).conflict, true);
});

for (const [what, damage, pattern] of [
  [
    'a line that is no JSON',
    (out: string) => appendFile(join(out, 'notes.jsonl'), '{"id":\n'),
    /Line 6 .* no JSON object/,
  ],
  [
    'a line with an id that is a path',
    (out: string) =>
      appendFile(
        join(out, 'files.jsonl'),
        '{"id":"../../x","name":"","bytes":0,"createdAt":0,"editedAt":0}\n',
      ),
    /Line 3 .* member id/,
  ],
  [
    'a line with a value of the wrong kind',
    (out: string) =>
      appendFile(
        join(out, 'spaces.jsonl'),
        '{"id":"00000000-0000-8000-8000-000000000000","name":7,"folder":null,"createdAt":0,"editedAt":0}\n',
      ),
    /Line 5 .* member name/,
  ],
  [
    'a name that is too long',
    (out: string) =>
      appendFile(
        join(out, 'spaces.jsonl'),
        `{"id":"00000000-0000-8000-8000-000000000000","name":"${'x'.repeat(2_000)}","folder":null,"createdAt":0,"editedAt":0}\n`,
      ),
    /too large/,
  ],
  ['a file of lines that is missing', (out: string) => rm(join(out, 'spaces.jsonl')), /It is missing/],
  [
    'a file of lines that was cut off',
    async (out: string) => {
      const path = join(out, 'notes.jsonl');
      const lines = await readFile(path, 'utf8');
      await writeFile(path, lines.slice(0, lines.lastIndexOf('\n', lines.length - 2) + 1));
    },
    /4 lines instead of 5/,
  ],
  [
    'content that is missing',
    (out: string) => rm(join(out, 'files'), { recursive: true }),
    /“.*” is missing/,
  ],
  [
    'content of another size',
    async (out: string) => {
      for (const path of Object.keys(await readTree(join(out, 'files'))))
        await appendFile(join(out, 'files', path), 'x');
    },
    /has 5 bytes instead of 4/,
  ],
  [
    'content that is a link out of the folder',
    async (out: string) => {
      await rm(join(out, 'files'), { recursive: true });
      await symlink('/', join(out, 'files'));
    },
    /is missing/,
  ],
] as const) {
  test(`[IMP-9] ${what} is reported, and everything else is restored`, async (t) => {
    const out = await exportJson(t, await makeNotes(t));
    await damage(out);
    const restored = await openTestNotes(t);
    const report = await restored.importFrom(out);
    assert.equal(report.complete, false);
    assert.match(report.skipped.map(({ message }) => message).join('\n'), pattern);
    assert.equal(restored.entities.count().notes >= 4, true);
  });
}

test('[IMP-9] of two lines for one note the later counts', async (t) => {
  const out = await exportJson(t, await makeNotes(t));
  const path = join(out, 'notes.jsonl');
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const line = JSON.parse(lines[0] ?? '') as { readonly id: EntityId };
  await writeFile(
    path,
    `${[...lines.slice(0, -1), JSON.stringify({ ...line, text: 'later' })].join('\n')}\n`,
  );
  const restored = await openTestNotes(t);
  await restored.importFrom(out);
  const note = restored.entities.read('note', line.id);
  assert.deepEqual([note?.value.text, note?.heads.length, note?.conflict], ['later', 1, false]);
});

test('[IMP-9] a newer or damaged export is refused, and nothing is recorded', async (t) => {
  const out = await exportJson(t, await makeNotes(t));
  const restored = await openTestNotes(t);
  const manifest = join(out, 'dataans-export.json');
  for (const [content, pattern] of [
    ['{"format":"dataans-export","version":2}', /version/],
    ['{"format":"dataans-exp', /damaged/],
    [' '.repeat(100_000), /damaged/],
  ] as const) {
    await writeFile(manifest, content);
    await assert.rejects(
      () => restored.importFrom(out),
      (error) => error instanceof DataansError && error.code === 'invalid' && pattern.test(error.message),
    );
  }
  assert.equal(restored.store.log.writer().n, 0);
});

test("[IMP-9] a file that only has the manifest's name is imported like any other", async (t) => {
  const folder = await makeFolder(t);
  await mkdir(join(folder, 'in'));
  await writeFile(join(folder, 'in', 'dataans-export.json'), '{"format":"mine"}');
  const notes = await openTestNotes(t);
  assert.equal((await notes.importFrom(join(folder, 'in'))).attachments.added, 1);
});
