import { concatBytes, utf8ToBytes } from '../bytes/bytes.ts';
import { uuidToBytes, type LogId } from '../ids/uuid.ts';
import type { Hash } from './chain.ts';

const label = utf8ToBytes('dataans/position/1');
/** Crockford's: without letters that look like digits, or like one another. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digits = 16;
const bitsPerDigit = 5;

/** Where a device stands in a log, to be compared by eye: `7K2Q-0XVD-93MA-T5HE`. // CHN-4 */
export function positionCode(hash: Hash, log: LogId, seq: number, chain: Uint8Array): string {
  const digest = hash(concatBytes(label, uuidToBytes(log), bigEndian(seq), chain));
  let bits = digest
    .subarray(0, (digits * bitsPerDigit) / 8)
    .reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  let code = '';
  for (let digit = 0; digit < digits; digit += 1) {
    code = `${alphabet[Number(bits & 31n)] ?? ''}${code}`;
    bits >>= BigInt(bitsPerDigit);
  }
  return code.replaceAll(/.{4}(?=.)/g, '$&-');
}

function bigEndian(number: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
}
