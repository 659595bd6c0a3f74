import { extendChain, type Hash } from '@dataans/core';
import type { LocalLog } from '../store/local-log.ts';

type FollowedPart = Pick<LocalLog, 'countPositions' | 'positionAt' | 'listHashes'>;

/**
 * The chain of the followed log at a place up to the cursor, from the last remembered position before it: a page of
 * hashes at most. `null` if not every entry between is known here. // WIT-2
 */
export function findOwnChain(log: FollowedPart, hash: Hash, seq: number): Uint8Array | null {
  const position = log.positionAt(log.countPositions(seq) - 1);
  if (position === null) return null;
  const entries = log.listHashes(position.seq, seq);
  if (entries.length !== seq - position.seq) return null;
  return entries.reduce(
    (chain, { id, hash: envelopeHash }) => extendChain(hash, chain, id, envelopeHash),
    position.chain,
  );
}
