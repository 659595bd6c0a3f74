import { isSameJson } from '../operations/same-json.ts';

/**
 * All members of values that were made apart, each as a whole, those too that this program does not know: the last
 * side that changed a member says what becomes of it. To lack a member that the base has is a change too. // MRG-4
 *
 * @param base what all were made on; `null` if they have nothing in common
 * @param sides in merge order, at least one
 */
export function mergeFields<Value extends object>(base: Value | null, sides: readonly Value[]): Value {
  const before = membersOf(base ?? {});
  const merged = new Map(before);
  for (const side of sides) {
    const after = membersOf(side);
    for (const name of new Set([...before.keys(), ...after.keys()]))
      if (!isSameJson(before.get(name), after.get(name))) merged.set(name, after.get(name));
  }
  const kept = [...merged].filter(([, member]) => member !== undefined);
  // Each member is that of a value of this type. Entries, because a member may be called `__proto__`.
  return Object.fromEntries(kept) as Value;
}

function membersOf(value: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value));
}
