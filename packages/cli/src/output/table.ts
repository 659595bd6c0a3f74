import { printableLine } from './printable.ts';

/** Cells in columns, two spaces apart; the last column takes what is left of `width`. */
export function alignColumns(rows: readonly (readonly string[])[], width: number | null): readonly string[] {
  const cells = rows.map((row) => row.map(printableLine));
  const widths: number[] = [];
  for (const row of cells) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, measureWidth(cell));
    });
  }
  return cells.map((row) => {
    const line = row
      .map((cell, column) => padEnd(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
    return width === null ? line : truncate(line, width);
  });
}

/** Columns that the text takes on a terminal. */
export function measureWidth(text: string): number {
  let width = 0;
  for (const symbol of text) width += symbolWidth(symbol);
  return width;
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - measureWidth(text)));
}

function truncate(text: string, width: number): string {
  if (measureWidth(text) <= width) return text;
  let taken = '';
  let takenWidth = 0;
  for (const symbol of text) {
    const next = takenWidth + symbolWidth(symbol);
    if (next > width - 1) break;
    taken += symbol;
    takenWidth = next;
  }
  return `${taken}…`;
}

/** Nothing for what joins the symbol before it, two for East Asian wide symbols and emoji (Unicode UAX #11). */
function symbolWidth(symbol: string): number {
  if (/^(?:\p{M}|[\u200b-\u200f])$/u.test(symbol)) return 0;
  return /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\p{Emoji_Presentation}\u{20000}-\u{3fffd}]$/u.test(
    symbol,
  )
    ? 2
    : 1;
}
