/**
 * Marks that people leave out when they type: accents of Latin, Greek and Cyrillic letters, Hebrew
 * points, Arabic vowel signs. Vowels of Indic scripts and the like are letters, and stay.
 */
const accents =
  /[\u{300}-\u{36f}\u{1ab0}-\u{1aff}\u{1dc0}-\u{1dff}\u{20d0}-\u{20ff}\u{fe20}-\u{fe2f}\u{591}-\u{5bd}\u{5bf}\u{5c1}\u{5c2}\u{5c4}\u{5c5}\u{5c7}\u{64b}-\u{65f}\u{670}]/gu;

/**
 * What shows nothing by itself: soft hyphen, zero-width characters, marks of direction, joiners, selectors of a
 * form. Where one may be left out when writing, it is left out here.
 */
const invisible =
  /[\u{ad}\u{61c}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{206f}\u{feff}]|[\u{180b}-\u{180e}]|[\u{fe00}-\u{fe0f}]/gu;

/** What typography makes of the marks that are on every keyboard. */
const acutes = /[\u{b4}\u{1ffd}]/gu;
const singleQuotes = /[`\u{2b9}\u{2bb}-\u{2bd}\u{2018}-\u{201b}\u{2032}\u{2035}]/gu;
const doubleQuotes = /[\u{201c}-\u{201f}\u{2033}\u{2036}\u{ab}\u{bb}]/gu;
const hyphens = /[\u{2010}-\u{2015}\u{2212}]/gu;

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

/** The number of this folding: an index that was made with another one is made again. Grows with each change. // STO-6 */
export const foldingVersion = 2;

/**
 * What is compared when people search: without upper case, accents, compatibility forms and typography. The same
 * on every platform, which is why SQLite's own folding is not used. // STO-6
 */
export function foldText(text: string): string {
  if (onlyAscii.test(text)) return text.toLowerCase().replaceAll('`', "'");
  return text
    .replaceAll(acutes, "'")
    .replaceAll(doubleQuotes, '"')
    .replaceAll(invisible, '')
    .normalize('NFKD')
    .replaceAll(singleQuotes, "'")
    .replaceAll(hyphens, '-')
    .toLowerCase()
    .replaceAll(ownLetters, (letter) => letter.normalize('NFC'))
    .replaceAll(accents, '')
    .replaceAll(unplainLetters, (letter) => plainLetterByLetter[letter] ?? letter)
    .normalize('NFC');
}
