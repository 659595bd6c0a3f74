import type { ChunkRange } from '../chunks/chunk-store.ts';

/**
 * What a `Range` header asks for (RFC 9110 section 14): `whole` if it is to be ignored, because it is of another unit,
 * of several ranges or not one at all.
 */
export function parseRange(header: string | undefined): ChunkRange {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'whole';
  if (first === '') return { last: Number(last) };
  if (last !== '' && Number(last) < Number(first)) return 'whole';
  return { from: Number(first), to: last === '' ? null : Number(last) + 1 };
}
