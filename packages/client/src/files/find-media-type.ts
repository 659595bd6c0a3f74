import { limits } from '@dataans/core';
import { findSignature } from './content-signatures.ts';
import { mediaTypeOfName } from './type-by-name.ts';

/** What whoever attaches a content says of it. */
export interface ContentClaim {
  readonly name: string;
  /** Media type, if they know one. */
  readonly type?: string | undefined;
}

/** What says nothing. */
const genericTypes: ReadonlySet<string> = new Set([
  'application/octet-stream',
  'binary/octet-stream',
  'application/unknown',
]);

/**
 * The media type of a content: what its first bytes say counts before what its author says, and that before its name.
 * `null` if none of them says one. // FIL-10
 */
export function findMediaType({ name, type }: ContentClaim, head: Uint8Array): string | null {
  const claims = [readType(type), mediaTypeOfName(name)].filter((each) => each !== null);
  const signature = findSignature(head);
  if (signature === null) return claims[0] ?? null;
  const { wraps } = signature;
  const wrapped = claims.find((claim) => wraps?.test(withoutParameters(claim)) === true);
  return wrapped ?? signature.type;
}

const typeShape = /^[\w.+-]+\/[\w.+-]+(?:;.*)?$/;

function readType(type = ''): string | null {
  const read = type.trim().toLowerCase();
  const isType = typeShape.test(read) && read.length <= limits.mediaTypeBytesMax && isAscii(read);
  return isType && !genericTypes.has(withoutParameters(read)) ? read : null;
}

function withoutParameters(type: string): string {
  return type.split(';', 1)[0]?.trim() ?? type;
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
