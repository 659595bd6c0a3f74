import { pseudoRandomBytes } from './pseudo-random.ts';
import { writeBelow } from './write-below.ts';

const forbiddenSomewhere = ['<', '>', ':', '"', '|', '?', '*', '\\'];

const awkwardNames = [
  ...forbiddenSomewhere.map((character) => `with ${character} in it.md`),
  'all <of>:"them|at?once*\\.md',
  'dot at the end.',
  'space at the end ',
  ' space at the start.md',
  'new\nline.md',
  'tab\tand bell\u0007.md',
  'fox 🦊 and family 👨‍👩‍👧.md',
  'composed é.md',
  'decomposed e\u0301.md',
  'percent %2e%2e%2f.md',
  '-rf.md',
  '~.md',
  '.hidden.md',
  '.md',
  'CON.md',
  'aux',
  'nul.txt',
  'UPPER.MD',
  'Case.md',
  'case.md',
  'CASE.md',
  `${'l'.repeat(252)}.md`,
  `${'Ї'.repeat(126)}.md`,
];

/** Content by path: what programs that copy notes are known to change or to stumble over. */
const awkwardContents: Readonly<Record<string, string | Uint8Array>> = {
  'contents/empty.md': '',
  'contents/empty.bin': '',
  'contents/one line end.md': '\n',
  'contents/crlf.md': 'first\r\nsecond\r\n\r\nlast\r\n',
  'contents/mixed ends.md': 'one\r\ntwo\nthree\rfour\u2028five',
  'contents/no newline at the end.md': 'text without an end',
  'contents/byte order mark.md': '\ufeff# Title\n',
  'contents/only a mark.md': '\ufeff',
  'contents/zero byte.md': 'before\0after\n',
  'contents/trailing blanks.md': 'line   \n\t\n   ',
  'contents/latin-1.md': Buffer.from('caf\xe9 na\xefve\n', 'latin1'),
  'contents/half a symbol.md': Buffer.from([0x41, 0xf0, 0x9f, 0xa6]),
  'contents/utf-16.md': Buffer.from('\ufeffsixteen bits', 'utf16le'),
  'contents/binary.md': pseudoRandomBytes(11, 5_000),
  'contents/binary': pseudoRandomBytes(12, 70_000),
  'contents/markdown.txt': '# Not a note\n',
  'contents/300 KB.md': 'A line of a long note, which goes on. \n'.repeat(8_000),
  'contents/piece.bin': pseudoRandomBytes(13, 1_000_000),
  'contents/piece and a byte.bin': pseudoRandomBytes(14, 1_000_001),
  'contents/two pieces.bin': pseudoRandomBytes(15, 2_000_000),
  'contents/large.md': pseudoRandomBytes(16, 750_000).toString('base64'),
  'at the top.md': 'A note beside the folders.\n',
  'top.bin': pseudoRandomBytes(17, 100),
  'Case folder/note.md': 'upper\n',
  'case folder/note.md': 'lower\n',
  'deep/er/and/deeper/still/note.md': 'deep down\n',
  'dots./note.md': 'in a folder that ends with a dot\n',
  'fol\nder/note.md': 'in a folder of two lines\n',
  'контракти 2026/угода.md': 'Сторони домовилися про таке.\n',
};

/** Puts files beside the notes whose names and contents somebody somewhere gets wrong. */
export async function addAwkwardFiles(folder: string): Promise<void> {
  for (const name of awkwardNames) await writeBelow(folder, `names/${name}`, `The note “${name}”.\n`);
  for (const [path, content] of Object.entries(awkwardContents)) await writeBelow(folder, path, content);
}
