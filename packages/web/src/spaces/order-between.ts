const digits = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * A text between two others in the order of their characters, so that one thing can be put between two without moving
 * any other. `null` is the end of the list on that side.
 */
export function orderBetween(before: string | null, after: string | null): string {
  const low = before ?? '';
  let text = '';
  for (let at = 0; ; at += 1) {
    const from = digitAt(low, at, 0);
    // Once we are below `after`, nothing of it bounds us any more.
    const isBounded = after !== null && after.startsWith(text);
    const to = isBounded ? digitAt(after, at, digits.length) : digits.length;
    const middle = Math.floor((from + to) / 2);
    if (middle > from) return text + (digits[middle] ?? '');
    text += digits[from] ?? '';
  }
}

function digitAt(text: string, at: number, otherwise: number): number {
  const found = digits.indexOf(text[at] ?? '');
  return text[at] === undefined || found === -1 ? otherwise : found;
}
