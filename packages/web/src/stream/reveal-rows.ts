/** Which of the rows that are loaded are drawn: from the first, up to the second. */
export type Part = readonly [from: number, to: number];

/** As many as a slow device draws within a frame. */
const rowsPerFrame = 12;

/**
 * The part to draw next: what is drawn already, and some more at either end of it.
 *
 * @param drawn ids of the rows that are drawn
 * @param loaded ids of the rows to draw in the end
 * @param anchor where to begin if none of them is drawn
 * @param screen rows that fill the screen: as many are drawn at once then
 */
export function nextPart(
  drawn: ReadonlySet<string>,
  loaded: readonly string[],
  anchor: number,
  screen: number,
): Part {
  const first = loaded.findIndex((id) => drawn.has(id));
  if (first === -1) return grow([anchor, anchor], loaded.length, screen);
  return grow([first, loaded.findLastIndex((id) => drawn.has(id)) + 1], loaded.length, rowsPerFrame);
}

function grow([from, to]: Part, length: number, count: number): Part {
  const below = Math.min(length - to, Math.max(Math.ceil(count / 2), count - from));
  return [Math.max(0, from - (count - below)), to + below];
}
