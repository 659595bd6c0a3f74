import type { Span } from '@dataans/client';

export interface TextPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** A text in parts, those that were found apart from the rest. */
export function markSpans(text: string, spans: readonly Span[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (start > at) parts.push({ text: text.slice(at, start), isHit: false });
    if (end > Math.max(start, at)) parts.push({ text: text.slice(Math.max(start, at), end), isHit: true });
    at = Math.max(at, end);
  }
  if (at < text.length) parts.push({ text: text.slice(at), isHit: false });
  return parts;
}
