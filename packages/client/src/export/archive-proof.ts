import {
  bytesToHex,
  equalBytes,
  hexToBytes,
  utf8ToBytes,
  type DataKeyId,
  type Primitives,
  type UnlockedKeyring,
} from '@dataans/core';
import type { ArchiveManifest } from '../folder-format/archive-format.ts';

/** What the proof of a manifest is about. */
export type ProvenManifest = Omit<ArchiveManifest, 'proof'>;

/** Tells an export of this account from one that anybody else made. // EXP-9 */
export interface ArchiveProof {
  make(manifest: ProvenManifest): Promise<NonNullable<ArchiveManifest['proof']>>;
  isOwn(manifest: ArchiveManifest): Promise<boolean>;
}

export function createArchiveProof(
  primitives: Pick<Primitives, 'macMany'>,
  readKeyring: () => Promise<UnlockedKeyring>,
): ArchiveProof {
  const macUnder = async (id: DataKeyId, manifest: ProvenManifest): Promise<Uint8Array | null> => {
    const key = (await readKeyring()).byId.get(id);
    if (key === undefined) return null;
    const [mac] = await primitives.macMany(key.exportProofKey, [encodeProven(manifest)]);
    return mac ?? null;
  };
  return {
    make: async (manifest) => {
      const { current } = await readKeyring();
      const mac = await macUnder(current.id, manifest);
      if (mac === null) throw new TypeError('The keyring does not hold its current key.');
      return { key: current.id, mac: bytesToHex(mac) };
    },
    isOwn: async ({ proof, ...manifest }) => {
      if (proof === undefined) return false;
      const mac = await macUnder(proof.key, manifest);
      const given = hexToBytes(proof.mac);
      return mac !== null && given !== null && equalBytes(mac, given);
    },
  };
}

/** One text for one manifest, in whatever order its members came. */
function encodeProven({ format, version, spaces, files, notes, hashes }: ProvenManifest): Uint8Array {
  const lines = hashes === undefined ? null : [hashes.spaces, hashes.files, hashes.notes];
  return utf8ToBytes(JSON.stringify([format, version, spaces, files, notes, lines]));
}
