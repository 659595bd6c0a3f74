import { diffLines } from './diff-lines.ts';

export interface ChangedLines {
  readonly added: number;
  readonly removed: number;
}

/** How many lines one text has that the other has not. A line end at the end of a text is no line of its own. */
export function countChangedLines(before: string, after: string): ChangedLines {
  let added = 0;
  let removed = 0;
  for (const { baseStart, baseEnd, sideStart, sideEnd } of diffLines(toLines(before), toLines(after))) {
    removed += baseEnd - baseStart;
    added += sideEnd - sideStart;
  }
  return { added, removed };
}

function toLines(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
