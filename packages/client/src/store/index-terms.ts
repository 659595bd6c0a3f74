import type { SqlDatabase } from '../platform/sql-database.ts';
import { readNumber, readText } from './row-values.ts';
import { listTrigrams, trigramLength } from './search-words.ts';

/** A term that so many of the notes have, one of this many, tells little: to look at the newest notes is faster. */
const commonShare = 20;

/** What the full-text index is asked for. */
export type IndexQuery =
  /** Notes that may have all words. */
  | { readonly kind: 'match'; readonly match: string }
  /** Every word is too common to help. */
  | { readonly kind: 'all' }
  /** No note in the index has one of the words. */
  | { readonly kind: 'none' };

/**
 * Asks for every three characters in a row of every word, and for a shorter word for every term that begins with it: a text
 * is closed with two line ends, so that its last characters begin a term too. Necessary, not sufficient.
 */
export function createIndexTerms(database: SqlDatabase): (words: readonly string[]) => IndexQuery {
  const selectTerms = database.prepare('SELECT term, doc FROM terms WHERE term >= ? AND term <= ?');
  const selectSize = database.prepare(
    'SELECT count(*) AS notes FROM entities WHERE kind = 2 AND deleted = 0 AND edited_at IS NOT NULL',
  );

  const askForShort = (word: string): IndexQuery => {
    const rows = selectTerms.all(word, `${word}\u{10ffff}\u{10ffff}`);
    if (rows.length === 0) return { kind: 'none' };
    const most = rows.reduce((max, row) => Math.max(max, readNumber(row, 'doc')), 0);
    if (rows.length > commonShare && most * commonShare > readNumber(selectSize.get() ?? {}, 'notes'))
      return { kind: 'all' };
    return { kind: 'match', match: `(${rows.map((row) => quote(readText(row, 'term'))).join(' OR ')})` };
  };

  return (words) => {
    const isShort = (word: string): boolean => Array.from(word).length < trigramLength;
    const trigrams = new Set(words.flatMap(listTrigrams));
    const asked = words.filter(isShort).map(askForShort);
    if (asked.some(({ kind }) => kind === 'none')) return { kind: 'none' };
    const matches = asked.flatMap((query) => (query.kind === 'match' ? [query.match] : []));
    const all = [...Array.from(trigrams, quote), ...matches];
    return all.length === 0 ? { kind: 'all' } : { kind: 'match', match: all.join(' AND ') };
  };
}

function quote(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
