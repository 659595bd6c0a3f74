import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isSameJson } from './same-json.ts';

test('what is written and read again is the same, in whatever order its members stand', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
      const again: unknown = JSON.parse(JSON.stringify(members));
      const turned = Object.fromEntries(Object.entries(members).toReversed());
      assert.ok(isSameJson(JSON.parse(JSON.stringify(members)), again));
      assert.ok(isSameJson(members, turned));
    }),
  );
});

test('values that differ anywhere are not the same', () => {
  const differing: readonly unknown[] = [
    null,
    0,
    '',
    false,
    [],
    {},
    [0],
    [[]],
    [null],
    { a: null },
    { a: [1, 2] },
    { a: [2, 1] },
    { 0: 0 },
    JSON.parse('{"__proto__":{}}'),
  ];
  for (const [place, left] of differing.entries())
    for (const [other, right] of differing.entries())
      assert.equal(
        isSameJson(left, right),
        place === other,
        `${JSON.stringify(left)} ${JSON.stringify(right)}`,
      );
});

test('a member that is undefined is a missing one', () => {
  assert.ok(isSameJson({ a: 1, b: undefined }, { a: 1 }));
});
