import { wordlist } from '@scure/bip39/wordlists/english.js';
import { findClosest } from '../text/closest.ts';

/** 7 words of 2,048 make 77 bits. // KEY-6 */
const generatedWords = 7;
const bitsPerWord = 11;

/** Seven words of the BIP-39 English list, from 10 bytes of randomness of which 77 bits are used. */
export function generatePassphrase(randomBytes: (length: number) => Uint8Array): string {
  let bits = 0n;
  for (const byte of randomBytes(Math.ceil((generatedWords * bitsPerWord) / 8)))
    bits = (bits << 8n) | BigInt(byte);
  const words: string[] = [];
  for (let word = 0; word < generatedWords; word += 1) {
    words.push(wordlist[Number(bits & BigInt(wordlist.length - 1))] ?? '');
    bits >>= BigInt(bitsPerWord);
  }
  return words.join(' ');
}

/** A word that no generated passphrase holds, and the word of the list that it is nearest to. */
export interface PassphraseTypo {
  readonly word: string;
  readonly suggestion: string | null;
}

/**
 * The words that cannot be right in a passphrase that looks like a generated one (five to nine
 * words, at least half of them of the list). Empty for a person's own passphrase. // KEY-7
 */
export function findPassphraseTypos(passphrase: string): readonly PassphraseTypo[] {
  const words = passphrase.trim().split(/\s+/u);
  const unknown = words.filter((word) => !wordlist.includes(word));
  const looksGenerated = words.length >= 5 && words.length <= 9 && unknown.length * 2 <= words.length;
  return looksGenerated ? unknown.map((word) => ({ word, suggestion: findClosest(word, wordlist) })) : [];
}
