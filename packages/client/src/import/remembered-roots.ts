import * as v from 'valibot';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';

/** Folders that this device has imported, by where they lie: one whose files have all changed is still that one. */
const shape = v.array(v.object({ place: v.string(), name: v.string(), copy: v.number() }));
type Remembered = v.InferOutput<typeof shape>[number];

const rememberedMax = 200;

/** @param place as `FolderSource` says it */
export function recallRoot(
  facts: Pick<Facts, 'read'>,
  place: string,
): Pick<Remembered, 'name' | 'copy'> | null {
  return readAll(facts).find((one) => one.place === place) ?? null;
}

export function rememberRoot(facts: Facts, { place, name, copy }: Remembered): void {
  const others = readAll(facts).filter((one) => one.place !== place);
  const kept = [...others, { place, name, copy }].slice(-rememberedMax);
  facts.write('imported-folders', JSON.stringify(kept));
}

function readAll(facts: Pick<Facts, 'read'>): readonly Remembered[] {
  return readJsonFact(facts, 'imported-folders', shape) ?? [];
}
