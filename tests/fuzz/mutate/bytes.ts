import type { Chance } from '../../world/chance.ts';

type Mutation = (bytes: Buffer, chance: Chance) => Buffer;

/** One to four changes, as a broken or a hostile sender would make them. */
export function mutateBytes(bytes: Uint8Array, chance: Chance): Uint8Array {
  let mutated: Buffer = Buffer.from(bytes);
  for (let left = chance.between(1, 4); left > 0; left -= 1)
    mutated = chance.pick(mutations)(mutated, chance);
  return new Uint8Array(mutated);
}

const flipBit: Mutation = (bytes, chance) => {
  const place = chance.below(bytes.length);
  if (bytes.length > 0) bytes[place] = (bytes[place] ?? 0) ^ (1 << chance.below(8));
  return bytes;
};

const setByte: Mutation = (bytes, chance) => {
  if (bytes.length > 0) bytes[chance.below(bytes.length)] = chance.pick([0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x22]);
  return bytes;
};

/** Most lengths of the formats are such numbers. */
const setNumber: Mutation = (bytes, chance) => {
  const edges = [0, 1, bytes.length - 1, bytes.length, bytes.length + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
  if (bytes.length >= 4) bytes.writeUInt32BE(Math.max(0, chance.pick(edges)), chance.below(bytes.length - 3));
  return bytes;
};

const cutOff: Mutation = (bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1));

const takeOut: Mutation = (bytes, chance) => {
  const start = chance.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + chance.below(20))]);
};

const putIn: Mutation = (bytes, chance) => {
  const start = chance.below(bytes.length + 1);
  const added = chance.happens(0.5) ? chance.bytes(chance.below(20)) : Buffer.alloc(chance.below(20));
  return Buffer.concat([bytes.subarray(0, start), added, bytes.subarray(start)]);
};

const repeat: Mutation = (bytes, chance) => {
  const start = chance.below(bytes.length + 1);
  const end = start + chance.below(Math.min(100, bytes.length - start + 1));
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
};

const mutations: readonly Mutation[] = [flipBit, flipBit, setByte, setNumber, cutOff, takeOut, putIn, repeat];
