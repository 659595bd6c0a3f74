import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToUuid, utf8ToBytes, type EntityId, type EntityKind, type ValueByKind } from '@dataans/core';
import fc from 'fast-check';
import type { Entity } from '../store/entities.ts';
import type { ExportedEntities } from './exported-entities.ts';
import { fileNameBytesMax, type PathRules } from '../folder-format/path-rules.ts';
import { planPaths } from './plan-paths.ts';

/** Few names, so that they meet, and such as mean something to a file system. */
const name = fc.oneof(
  fc.constantFrom(
    'a',
    'A',
    'a.md',
    'A.MD',
    'a (2)',
    'a (2).md',
    'a.files',
    'notes',
    'ï',
    'i\u0308',
    'ß',
    'SS',
  ),
  fc.constantFrom('', '.', '..', '../a', 'a/b', '/', '\0', 'con', 'a.', 'a ', '\\', '🗒'.repeat(80)),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);
const folder = fc.option(
  fc.oneof(
    name,
    fc.tuple(name, name).map((names) => names.join('/')),
  ),
);
const spaces = fc.array(fc.record({ name, folder }), { minLength: 1, maxLength: 4 });
const notes = fc.array(
  fc.record({ space: fc.nat(4), name, text: name, files: fc.array(name, { maxLength: 3 }) }),
  { maxLength: 12 },
);
const rules: fc.Arbitrary<PathRules> = fc.record({
  names: fc.constantFrom('posix', 'windows'),
  foldsCase: fc.boolean(),
  foldsNormalization: fc.boolean(),
  pathBytesMax: fc.constantFrom(1_000, 4_000),
});

type Notes = typeof notes extends fc.Arbitrary<infer Value> ? Value : never;
type Spaces = typeof spaces extends fc.Arbitrary<infer Value> ? Value : never;

function id(kind: number, number: number): EntityId {
  return bytesToUuid(Uint8Array.from({ length: 16 }, (_, place) => (place === 0 ? kind : number)));
}

function entity<Kind extends EntityKind>(kind: Kind, of: EntityId, value: ValueByKind[Kind]): Entity<Kind> {
  const state = { deleted: false, conflict: false, createdAt: 0, editedAt: 0, backedUp: true };
  return { kind, id: of, heads: [], value, ...state };
}

function listEntities(someSpaces: Spaces, someNotes: Notes): ExportedEntities {
  const files = new Map<EntityId, Entity<'file'>>();
  const noteEntities = someNotes.map(({ space, files: names, ...value }, number) => {
    const ids = names.map((fileName, place) => {
      const file = entity('file', id(3, number * 4 + place), { name: fileName, bytes: 0, chunks: '' });
      files.set(file.id, file);
      return file.id;
    });
    return entity('note', id(2, number), { ...value, space: id(1, space), files: ids, pinned: false });
  });
  const spaceEntities = someSpaces.map((value, number) => entity('space', id(1, number), value));
  return {
    // Only files are read by their ids.
    read: ((_: EntityKind, of: EntityId) => files.get(of) ?? null) as ExportedEntities['read'],
    spaces: () => spaceEntities.map((space) => ({ space, notes: 0 })),
    notes: () => noteEntities,
    files: () => files.values(),
    inOneMoment: (work) => work(),
    count: () => ({ spaces: someSpaces.length, notes: someNotes.length, files: files.size }),
  };
}

/** What a file system with these rules takes for one path. */
function fold(path: readonly string[], { foldsCase, foldsNormalization }: PathRules): string {
  const joined = path.join('/');
  const cased = foldsCase ? joined.toUpperCase().toLowerCase() : joined;
  return foldsNormalization ? cased.normalize('NFD') : cased;
}

test('[EXP-3] [EXP-5] whatever the names, each thing has a path of its own inside the target', () => {
  fc.assert(
    fc.property(spaces, notes, rules, (someSpaces, someNotes, target) => {
      const planned = planPaths(listEntities(someSpaces, someNotes), target);
      const paths = planned.map(({ path }) => path);
      const things = someNotes.flatMap(({ text, files }) => [...(text === '' ? [] : [text]), ...files]);
      assert.ok(planned.length >= things.length);
      const folded = new Set(paths.map((path) => fold(path, target)));
      assert.equal(folded.size, paths.length);
      for (const path of paths) {
        for (let depth = 1; depth < path.length; depth += 1)
          assert.ok(!folded.has(fold(path.slice(0, depth), target)), `${path.join('/')} lies below a file`);
        for (const part of path) {
          assert.ok(part !== '' && part !== '.' && part !== '..' && !/[/\0]/.test(part));
          assert.ok(utf8ToBytes(part).length <= fileNameBytesMax);
          if (target.names === 'windows') assert.doesNotMatch(part, /[<>:"\\|?*\u0000-\u001f]|[. ]$/);
        }
        assert.ok(utf8ToBytes(path.join('/')).length <= target.pathBytesMax);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('[EXP-5] the order in which a device lists its notes makes no difference', () => {
  fc.assert(
    fc.property(spaces, notes, rules, (someSpaces, someNotes, target) => {
      const entities = listEntities(someSpaces, someNotes);
      const otherwise = { ...entities, notes: () => [...entities.notes()].toReversed() };
      const list = (from: ExportedEntities) =>
        planPaths(from, target)
          .map(({ path, content }) => `${path.join('/')} ${JSON.stringify(content)}`)
          .toSorted();
      assert.deepEqual(list(otherwise), list(entities));
    }),
  );
});
