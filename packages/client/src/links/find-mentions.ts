import type { EntityId } from '@dataans/core';
import { findCode, type Span } from './find-code.ts';
import { findEveryLink, isRelative } from './find-links.ts';
import { findReferences } from './find-references.ts';
import { readLastNames } from './read-paths.ts';

/** What a note's text says of itself and of other notes, each once. */
export interface Mentions {
  /** As they are written, without `#`. */
  readonly tags: readonly string[];
  /** Notes that it names by their ids, as `((id))` or by the address that the app has for them. */
  readonly notes: readonly EntityId[];
  /** Names, one of which the target of each relative link ends in. */
  readonly names: readonly string[];
}

/** Takes time in proportion to the text, whatever it is. // STO-58, LNK-5 */
export function findMentions(text: string): Mentions {
  const code = findCode(text);
  const links = findEveryLink(text);
  const addresses = Iterator.from(text.matchAll(address)).map(matchToSpan);
  const isNoWords = createCover([...code, ...links.map(({ whole }) => whole), ...addresses]);
  const words = findReferences(text).filter(({ start }) => !isNoWords(start));

  const isCode = createCover(code);
  const addressed = Iterator.from(text.matchAll(noteAddress))
    .filter(({ index }) => !isCode(index))
    .map(({ groups }) => groups?.['note'] as EntityId); // The pattern takes nothing else.
  const relative = links.filter(({ href }) => isRelative(href));
  return {
    tags: unique(words.flatMap((word) => (word.kind === 'tag' ? [word.tag] : []))),
    notes: unique([...words.flatMap((word) => (word.kind === 'note' ? [word.note] : [])), ...addressed]),
    names: unique(relative.flatMap(({ href }) => readLastNames(href))),
  };
}

const address = /(?:[a-z][a-z0-9+.-]{1,31}:\/\/|www\.)[^\s<>]*/giu;
const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const noteAddress = new RegExp(String.raw`/app/s/${id}/n/(?<note>${id})`, 'g');

function matchToSpan({ index: start, 0: { length } }: RegExpExecArray): Span {
  return { start, end: start + length };
}

/** Whether a place is in one of the spans; to be asked from the beginning of the text to its end. */
function createCover(spans: readonly Span[]): (index: number) => boolean {
  const sorted = spans.toSorted((left, right) => left.start - right.start);
  let next = 0;
  let covered = 0;
  return (index) => {
    for (let span = sorted[next]; span !== undefined && span.start <= index; span = sorted[next]) {
      covered = Math.max(covered, span.end);
      next += 1;
    }
    return index < covered;
  };
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
