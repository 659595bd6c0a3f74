import { utf8ToBytes } from '@dataans/core';
import type { Chance } from '../../world/chance.ts';
import { mutateBytes } from './bytes.ts';
import { jsonText, mutateJson, type Json } from './json.ts';

/** Mostly one of these with something wrong; sometimes as it is, sometimes nothing but noise. */
export function varyBytes(valid: readonly Uint8Array[], chance: Chance): Uint8Array {
  if (chance.happens(0.05)) return chance.bytes(chance.below(300));
  const bytes = chance.pick(valid);
  return chance.happens(0.05) ? bytes : mutateBytes(bytes, chance);
}

/** The same for JSON: most of the time it stays JSON, and something else in it is wrong. */
export function varyJson(valid: readonly Json[], chance: Chance): Uint8Array {
  const value = chance.pick(valid);
  const bytes = utf8ToBytes(jsonText(chance.happens(0.05) ? value : mutateJson(value, chance), chance));
  return chance.happens(0.1) ? mutateBytes(bytes, chance) : bytes;
}
