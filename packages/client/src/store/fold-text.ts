/**
 * Marks that people leave out when they type: accents of Latin, Greek and Cyrillic letters, Hebrew
 * points, Arabic vowel signs. Vowels of Indic scripts and the like are letters, and stay.
 */
const accents =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;

/** Letters of their own that only look like an accented one: й is no и, ї is no і. */
const ownLetters = /и\u0306|і\u0308/g;

const plainLetterByLetter: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};
const unplainLetters = /[ßæœøđðħłþıς]/g;

const onlyAscii = /^[\0-\x7f]*$/;

/**
 * What is compared when people search: without upper case, accents and compatibility forms. The same
 * on every platform, which is why SQLite's own folding is not used. // STO-6
 */
export function foldText(text: string): string {
  if (onlyAscii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(ownLetters, (letter) => letter.normalize('NFC'))
    .replaceAll(accents, '')
    .replaceAll(unplainLetters, (letter) => plainLetterByLetter[letter] ?? letter)
    .normalize('NFC');
}
