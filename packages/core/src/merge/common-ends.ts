/** How many lines both begin with, and how many of the others both end with. */
export function countCommonEnds(
  left: readonly string[],
  right: readonly string[],
): { readonly start: number; readonly end: number } {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  return { start, end };
}
