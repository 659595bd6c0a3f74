import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeFields } from './merge-fields.ts';

type Members = Readonly<Record<string, unknown>>;

const base: Members = { name: 'a', tags: ['x', { deep: 1 }], colour: 'red' };

test('[MRG-4] members that nobody knows are merged like any other, by what they hold', () => {
  const renamed = { ...base, name: 'b', tags: ['x', { deep: 1 }] };
  const tagged = { ...base, tags: ['x', { deep: 2 }] };
  const both = { ...base, name: 'b', tags: ['x', { deep: 2 }] };
  assert.deepEqual(mergeFields(base, [renamed, tagged]), both);
  assert.deepEqual(mergeFields(base, [tagged, renamed]), both);
});

test('[MRG-4] a member that one side added is there, and one that a side took away is not', () => {
  const { colour: _, ...without } = base;
  const added = { ...base, icon: 'star' };
  assert.deepEqual(mergeFields(base, [without, added]), { ...without, icon: 'star' });
  assert.deepEqual(mergeFields(base, [added, without]), { ...without, icon: 'star' });
  assert.deepEqual(mergeFields(base, [without, { ...base, colour: 'blue' }]), { ...base, colour: 'blue' });
  assert.deepEqual(mergeFields(base, [{ ...base, colour: 'blue' }, without]), without);
});

test('[MRG-4] of several sides the last one that changed a member says what it is', () => {
  const sides = [{ ...base, name: 'b' }, { ...base, name: 'c' }, base, { ...base, colour: 'blue' }];
  assert.deepEqual(mergeFields(base, sides), { ...base, name: 'c', colour: 'blue' });
  assert.deepEqual(mergeFields<Members>(null, [{ name: 'b', old: 1 }, { name: 'c' }]), { name: 'c', old: 1 });
});

test('[MRG-4] a member may have any name, those of objects themselves too', () => {
  const named = (text: string): Members => JSON.parse(text) as Members;
  const one = named('{"name":"a","__proto__":{"name":"x"},"constructor":1}');
  const merged = mergeFields(named('{"name":"a"}'), [one, named('{"name":"b"}')]);
  assert.equal(JSON.stringify(merged), '{"name":"b","__proto__":{"name":"x"},"constructor":1}');
});

test('[MRG-4] one side alone is itself, and what no side changed stays as it was', () => {
  const members = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 2 }));
  fc.assert(
    fc.property(members, members, (before, side) => {
      assert.equal(JSON.stringify(sorted(mergeFields(before, [side]))), JSON.stringify(sorted(side)));
      assert.equal(JSON.stringify(mergeFields(before, [before, before])), JSON.stringify(before));
      assert.equal(
        JSON.stringify(sorted(mergeFields(before, [side, before]))),
        JSON.stringify(sorted(mergeFields(before, [before, side]))),
      );
    }),
  );
});

function sorted(members: Members): readonly (readonly [string, unknown])[] {
  return Object.entries(members).toSorted(([left], [right]) => (left < right ? -1 : 1));
}
