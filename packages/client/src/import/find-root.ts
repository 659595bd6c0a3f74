import type { EntityId } from '@dataans/core';
import { compareByFolder, compareRoot, type Evidence } from './compare-root.ts';
import type { ImportDependencies } from './count-progress.ts';
import type { FolderSource } from './folder-source.ts';
import type { ImportRoot } from './import-root.ts';
import { recallRoot, rememberRoot } from './remembered-roots.ts';

type RootDependencies = Pick<ImportDependencies, 'entities' | 'primitives' | 'facts'>;

/**
 * The folder that was imported under this name before, if what it held is, for a good part, what the folder holds
 * now; else one under another name that did; else a new one. // IMP-13
 */
export async function findRoot(dependencies: RootDependencies, source: FolderSource): Promise<ImportRoot> {
  const { facts } = dependencies;
  const root = await findKnown(dependencies, source);
  if (facts !== undefined && source.place !== undefined)
    rememberRoot(facts, { place: source.place, name: root.name, copy: root.copy });
  return root;
}

async function findKnown(dependencies: RootDependencies, source: FolderSource): Promise<ImportRoot> {
  const name = source.name.normalize('NFC');
  const { facts } = dependencies;
  const remembered =
    facts === undefined || source.place === undefined ? null : recallRoot(facts, source.place);
  if (remembered !== null && remembered.name === name) {
    const root = { name, copy: remembered.copy, spaces: noSpaces };
    const evidence = await compareRoot(dependencies, source, root);
    if (evidence.isKnown && liesInItsPlace(evidence)) return root;
  }
  for (let copy = 1; ; copy += 1) {
    const root = { name, copy, spaces: noSpaces };
    const evidence = await compareRoot(dependencies, source, root);
    if (evidence.isKnown && isSame(evidence)) return root;
    if (!evidence.isKnown) return { ...root, spaces: await findElsewhere(dependencies, source) };
  }
}

const noSpaces: ReadonlyMap<string, EntityId> = new Map();

async function findElsewhere(
  dependencies: RootDependencies,
  source: FolderSource,
): Promise<ReadonlyMap<string, EntityId>> {
  const { spaces, ...evidence } = await compareByFolder(dependencies, source);
  return evidence.compared > 0 && isSame(evidence) ? spaces : noSpaces;
}

/** Half of what has a note here was that note's content: what changes between two imports is less. */
function isSame({ compared, equal }: Pick<Evidence, 'compared' | 'equal'>): boolean {
  return 2 * equal >= compared;
}

/** A folder that lies where one was imported from: another one only if all of several files are others. */
const fewFiles = 4;

function liesInItsPlace({ compared, equal }: Pick<Evidence, 'compared' | 'equal'>): boolean {
  return equal > 0 || compared < fewFiles;
}
