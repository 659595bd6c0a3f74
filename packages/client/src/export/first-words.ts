const charactersMax = 60;

/** A title for a note without a name, from the first of its lines that says something; `''` where none does. */
export function firstWords(text: string): string {
  const line = firstSpokenLine(text);
  if (line.length <= charactersMax) return line;
  const cut = line.slice(0, charactersMax + 1);
  const space = cut.lastIndexOf(' ');
  return (space > 0 ? cut.slice(0, space) : cut.slice(0, charactersMax))
    .toWellFormed()
    .replace(/\uFFFD$/, '');
}

/** Markdown's marks, and what does no good in a file name, are left out. */
function firstSpokenLine(text: string): string {
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text
      .slice(start, Math.min(end, start + 4 * charactersMax))
      .replaceAll(/[^\p{L}\p{N}\p{M} ,;'()&+=@_-]+/gu, ' ')
      .replaceAll(/ +/g, ' ')
      .replaceAll(/^[ ,;'&+=_-]+|[ ,;]+$/g, '');
    if (/[\p{L}\p{N}]/u.test(line)) return line;
    start = end + 1;
  }
  return '';
}
