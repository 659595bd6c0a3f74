/** With the list of all words: apart, so that it comes only to who types a passphrase. */
export { findPassphraseTypos } from '@dataans/core';
