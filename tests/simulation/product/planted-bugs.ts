/** A fault that somebody could make, as a change of one place of the product's source. */
export interface PlantedBug {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** @throws Error where the place is not there exactly once: the product has changed, plant the bug anew */
export function plantBug(source: string, { name, file, find, replace }: PlantedBug): string {
  if (source.split(find).length !== 2)
    throw new Error(`The bug ${name} cannot be planted: ${file} does not have its place exactly once.`);
  return source.replace(find, () => replace);
}

const plantedBugs: readonly PlantedBug[] = [];

/** @throws Error where there is none of this name */
export function findBug(name: string): PlantedBug {
  const bug = plantedBugs.find((planted) => planted.name === name);
  if (bug === undefined)
    throw new Error(`There is no bug ${name}: ${plantedBugs.map((planted) => planted.name).join(', ')}.`);
  return bug;
}
