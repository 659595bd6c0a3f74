import type { OutputStream } from '../surroundings.ts';

/** Columns of a terminal. Some, in containers and behind serial lines, know none and say 0. */
export function widthOf({ columns = 0 }: Pick<OutputStream, 'columns'>): number {
  return columns > 0 ? columns : 80;
}
