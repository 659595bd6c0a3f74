import * as v from 'valibot';
import type { FactName, Facts } from './facts.ts';

/** A fact that is kept as JSON; `null` where there is none, or one of another version's shape. */
export function readJsonFact<Value>(
  facts: Pick<Facts, 'read'>,
  name: FactName,
  shape: v.GenericSchema<unknown, Value>,
): Value | null {
  const text = facts.read(name) ?? '';
  if (text === '') return null;
  const parsed = v.safeParse(shape, JSON.parse(text));
  return parsed.success ? parsed.output : null;
}
