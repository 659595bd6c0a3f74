import type { ByteSpan, ChunkRange } from './chunk-store.ts';

/** The bytes that a range has of a chunk of this size; `unsatisfiable` if there are none (RFC 9110 section 14). // SRV-19 */
export function resolveRange(range: ChunkRange, size: number): ByteSpan | 'unsatisfiable' {
  if (range === 'whole') return { start: 0, end: size };
  const span =
    'last' in range
      ? { start: Math.max(0, size - range.last), end: size }
      : { start: range.from, end: Math.min(size, range.to ?? size) };
  return span.start < span.end ? span : 'unsatisfiable';
}
