import type { Chance } from '../../world/chance.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A copy with one to three changes that keep it JSON: other types, members that are missing or new, edges. */
export function mutateJson(value: Json, chance: Chance): Json {
  let mutated = value;
  for (let left = chance.between(1, 3); left > 0; left -= 1) mutated = mutateSomewhere(mutated, chance);
  return mutated;
}

/** As text; now and then with a member twice, or with what only looks like JSON. */
export function jsonText(value: Json, chance: Chance): string {
  const text = JSON.stringify(value);
  if (chance.happens(0.95)) return text;
  const sloppy = [
    text.replace('{', '{"__proto__":{"admin":true},'),
    text.replace(/"(\w+)":/, '"$1":null,"$1":'),
    text.replace(/(\d)/, '$1e400'),
    `\ufeff${text}`,
    `${text}${text}`,
    text.replaceAll('"', "'"),
  ];
  return chance.pick(sloppy);
}

function mutateSomewhere(value: Json, chance: Chance): Json {
  if (value === null || typeof value !== 'object' || chance.happens(0.1)) return replace(value, chance);
  if (isList(value)) return mutateList(value, chance);
  const keys = Object.keys(value);
  const key = keys[chance.below(keys.length)];
  if (key === undefined || chance.happens(0.1))
    return { ...value, [chance.pick(strangeKeys)]: replace(null, chance) };
  const { [key]: member = null, ...others } = value;
  if (chance.happens(0.1)) return others;
  return { ...value, [key]: mutateSomewhere(member, chance) };
}

function mutateList(list: readonly Json[], chance: Chance): Json {
  const place = chance.below(list.length + 1);
  const member = list[place];
  if (member === undefined || chance.happens(0.2)) return list.toSpliced(place, 0, replace(null, chance));
  if (chance.happens(0.2)) return list.toSpliced(place, 1);
  if (chance.happens(0.2)) return [...list, ...list];
  return list.with(place, mutateSomewhere(member, chance));
}

function replace(value: Json, chance: Chance): Json {
  if (typeof value === 'number' && chance.happens(0.5))
    return chance.pick([value + 1, value - 1, -value, value / 2]);
  if (typeof value === 'string' && chance.happens(0.5)) return replaceText(value, chance);
  return chance.pick(edges);
}

function replaceText(text: string, chance: Chance): string {
  const place = chance.below(text.length + 1);
  return chance.pick([
    text.slice(0, place),
    text.toUpperCase(),
    `${text} `,
    text.slice(0, place) + chance.pick(strangeTexts) + text.slice(place),
    text.slice(0, place) + String.fromCharCode(chance.below(0x1_0000)) + text.slice(place + 1),
  ]);
}

const strangeKeys = ['', '__proto__', 'constructor', 'toString', 'v', 'later', '\ud800', 'a'.repeat(300)];

const strangeTexts = [
  '\0',
  '\ud800',
  '\u202e',
  '\ufeff',
  '/',
  '../',
  '\\',
  '"',
  '\r\n',
  '%00',
  'İß',
  'é'.repeat(700),
];

const deep = (depth: number): Json => (depth === 0 ? [] : [deep(depth - 1)]);

const edges: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1,
  0.5,
  1e308,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 - 1,
  65_536,
  '',
  '0',
  'null',
  [],
  {},
  [[]],
  [null],
  { length: 1 },
  deep(200),
  'x'.repeat(2_000),
  ...strangeTexts,
];

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
