import { npmPack } from '../../scripts/release/npm-pack.ts';
import { thirdPartiesOf } from '../../scripts/release/third-party.ts';

/**
 * Packs what packages of this repository say that they need, and what that needs, from where it is installed: so that an
 * installation of theirs asks no registry, and lacks whatever they do not name.
 *
 * @param names folders below `packages`
 * @param folder where the tarballs go; made if it is not there
 * @returns their paths
 */
export function packDependencies(names: readonly string[], folder: string): readonly string[] {
  return npmPack(
    thirdPartiesOf(names).map((needed) => needed.folder),
    folder,
  );
}
