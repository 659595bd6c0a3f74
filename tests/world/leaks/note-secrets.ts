import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import type { ListedNote } from '../listings.ts';
import { filesBelow } from '../folder-digest.ts';
import { encodeBytes, encodeText } from './encodings.ts';
import { spellingBytesMin, type Secret } from './scanner.ts';

/** Kinds of which a server and its clients may say some by themselves, such as the word `content`. */
export const wordKinds = ['word', 'name', 'folder', 'line'] as const;

export const secretKinds = [
  ...wordKinds,
  'content',
  'SHA-256',
  'id',
  'time',
  'text',
  'device name',
  'path',
  'password',
  'passphrase',
] as const;

export type SecretKind = (typeof secretKinds)[number];

export interface NoteSecret extends Secret {
  readonly kind: SecretKind;
}

/**
 * Words of fewer bytes are found in random bytes by chance: with twenty thousand words in fifty million
 * bytes, one of six bytes would be met in every two hundred and fifty runs, one of five in every one.
 */
const wordBytesMin = 7;
const lineBytesMin = 12;
const contentBytes = 16;

/** Everything in a folder of notes that a server must not see: words, lines, names, contents and their hashes. */
export async function folderSecrets(folder: string): Promise<readonly NoteSecret[]> {
  const secrets = new Map<string, NoteSecret>();
  const add = (kind: SecretKind, told: string, spell: () => Secret['spellings']): void => {
    const what = `${kind} ${told}`;
    if (secrets.has(what)) return;
    const spellings = spell();
    if (spellings.every(({ bytes }) => bytes.length >= spellingBytesMin))
      secrets.set(what, { kind, what, spellings });
  };
  const addText = (kind: SecretKind, text: string, bytesMin: number): void => {
    if (Buffer.byteLength(text) >= bytesMin) add(kind, text, () => encodeText(text));
  };
  for (const path of await filesBelow(folder)) {
    const name = relative(folder, path);
    addText('name', basename(name), wordBytesMin);
    for (const part of name.split(sep).slice(0, -1)) addText('folder', part, wordBytesMin);
    const content = await readFile(path);
    if (content.length >= lineBytesMin) {
      const hash = createHash('sha256').update(content).digest();
      add('SHA-256', `of ${name}`, () => encodeBytes(hash.subarray(0, contentBytes)));
    }
    const text = content.toString();
    if (!text.includes('\ufffd') && /\.(md|svg|txt)$/i.test(name)) {
      for (const word of text.match(/[\p{L}\p{M}]+/gu) ?? []) addText('word', word, wordBytesMin);
      addText('line', sampleLine(text), lineBytesMin);
    } else {
      const middle = content.subarray(content.length >> 1).subarray(0, contentBytes);
      if (middle.length === contentBytes) add('content', `of ${name}`, () => encodeBytes(middle));
    }
  }
  return [...secrets.values()];
}

/** What devices know of notes beside their content: ids and times. */
export function listingSecrets(notes: readonly ListedNote[]): readonly NoteSecret[] {
  const ids = new Set(notes.flatMap((note) => [note.id, note.space.id]));
  const times = new Set(notes.flatMap((note) => [Date.parse(note.createdAt), Date.parse(note.editedAt)]));
  return [...[...ids].map(idSecret), ...[...times].map(timeSecret)];
}

export function textSecret(kind: SecretKind, text: string): NoteSecret {
  return { kind, what: `${kind} ${text}`, spellings: encodeText(text) };
}

export function idSecret(id: string): NoteSecret {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return { kind: 'id', what: `id ${id}`, spellings: [...encodeText(id), ...encodeBytes(bytes)] };
}

/** As a number in digits, as ISO 8601 to the millisecond, and as the integers that databases write. */
function timeSecret(ms: number): NoteSecret {
  const big = Buffer.alloc(8);
  big.writeBigInt64BE(BigInt(ms));
  const float = Buffer.alloc(8);
  float.writeDoubleBE(ms);
  return {
    kind: 'time',
    what: `time ${new Date(ms).toISOString()}`,
    spellings: [
      ...encodeText(String(ms)),
      ...encodeText(new Date(ms).toISOString().slice(0, -1)),
      { encoding: 'big-endian integer', bytes: big.subarray(2) },
      { encoding: 'little-endian integer', bytes: Buffer.from(big.subarray(2).toReversed()) },
      { encoding: 'big-endian float', bytes: float },
      { encoding: 'little-endian float', bytes: Buffer.from(float.toReversed()) },
    ],
  };
}

/** The longest line: the one that is least like any other. */
function sampleLine(text: string): string {
  return text.split(/\r?\n/).reduce((longest, line) => (line.length > longest.length ? line : longest), '');
}
