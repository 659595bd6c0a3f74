/** Which bytes of a file an answer has: from `from` to before `to`. */
export type FileRange =
  | { readonly kind: 'whole' | 'part'; readonly from: number; readonly to: number }
  /** What was asked for lies behind the end. */
  | { readonly kind: 'none' };

/**
 * What a `Range` asks for, of a file of this many bytes. As HTTP has it, what is not understood is answered with all, and so are
 * several ranges.
 */
export function readRange(header: string | null, bytes: number): FileRange {
  const whole = { kind: 'whole', from: 0, to: bytes } as const;
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return whole;
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  if (from >= bytes) return { kind: 'none' };
  return from < to ? { kind: 'part', from, to } : whole;
}
