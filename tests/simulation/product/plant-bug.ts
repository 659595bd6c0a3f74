import { plantedBugs, type PlantedBug } from './planted-bugs.ts';

/** @throws Error where a place is not there exactly once: the product has changed, plant the bug anew */
export function plantBug(file: string, source: string, { name, changes }: PlantedBug): string {
  let planted = source;
  for (const { file: changed, find, replace } of changes) {
    if (changed !== file) continue;
    if (planted.split(find).length !== 2)
      throw new Error(`The bug ${name} cannot be planted: ${file} does not have its place exactly once.`);
    planted = planted.replace(find, () => replace);
  }
  return planted;
}

/** @throws Error where there is none of this name */
export function findBug(name: string): PlantedBug {
  const bug = plantedBugs.find((planted) => planted.name === name);
  if (bug === undefined)
    throw new Error(`There is no bug ${name}: ${plantedBugs.map((planted) => planted.name).join(', ')}.`);
  return bug;
}
