import { concatBytes, utf8ToBytes } from '../bytes/bytes.ts';
import { uuidToBytes, type LogId } from '../ids/uuid.ts';
import type { Frame } from './frame.ts';

/** SHA-256 of the bytes, 32 bytes; synchronous, because each link of the chain needs the one before. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

const chainLabel = utf8ToBytes('dataans/log/1');
const hashBytes = 32;
const idBytes = 16;
/** What each link is written into to be hashed: an array of its own would cost as much as its hash. */
const link = new Uint8Array(hashBytes + idBytes + hashBytes);

/** chain(0) of a log. // CHN-1 */
export function startChain(hash: Hash, log: LogId): Uint8Array {
  return hash(concatBytes(chainLabel, uuidToBytes(log)));
}

/** chain(k) from chain(k−1) and entry k: 32 bytes. // CHN-2 */
export function extendChain(
  hash: Hash,
  chain: Uint8Array,
  id: Uint8Array,
  envelopeHash: Uint8Array,
): Uint8Array {
  link.set(chain);
  link.set(id, hashBytes);
  link.set(envelopeHash, hashBytes + idBytes);
  return hash(link);
}

/** chain after each of the frames in order; a pruned one carries the hash of its envelope. // CHN-3 */
export function chainFrames(hash: Hash, chain: Uint8Array, frames: readonly Frame[]): readonly Uint8Array[] {
  let last = chain;
  return frames.map((frame) => {
    last = extendChain(hash, last, frame.id, frame.kind === 'pruned' ? frame.body : hash(frame.body));
    return last;
  });
}
