/**
 * Marks that people leave out when they type: accents of Latin, Greek and Cyrillic letters, Hebrew
 * points, Arabic vowel signs. Vowels of Indic scripts and the like are letters, and stay.
 */
const accents =
  /[\u{300}-\u{36f}\u{1ab0}-\u{1aff}\u{1dc0}-\u{1dff}\u{20d0}-\u{20ff}\u{fe20}-\u{fe2f}\u{591}-\u{5bd}\u{5bf}\u{5c1}\u{5c2}\u{5c4}\u{5c5}\u{5c7}\u{64b}-\u{65f}\u{670}]/gu;

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
