import { DataansError, decodeOperation, encodeOperation, type AnyOperation } from '@dataans/core';

/**
 * The operation as JSON that every device takes.
 *
 * @throws DataansError `too-large` naming the limit // LIM-1
 */
export function encodeChecked(operation: AnyOperation): Uint8Array {
  const encoding = encodeOperation(operation);
  if (!encoding.ok) {
    const { size, max } = describeSizes(encoding);
    throw new DataansError('too-large', `${encoding.what} is ${size}. The limit is ${max}.`, {
      advice: adviceByKind[operation.entity],
    });
  }
  if (!decodeOperation(encoding.encoded).ok)
    throw new TypeError(`A ${operation.entity} was to be recorded that no device could read.`); // OPR-4
  return encoding.encoded;
}

const adviceByKind: Readonly<Record<AnyOperation['entity'], string>> = {
  note: 'Shorten it, split it, or attach the text as a file. Nothing was changed.',
  space: 'Choose a shorter name.',
  file: 'Choose a shorter name, or split the file.',
  device: 'Choose a shorter name.',
};

interface Sizes {
  readonly size: string;
  readonly max: string;
}

/** In MB where that tells the two apart. */
function describeSizes({ what, size, max }: { what: string; size: number; max: number }): Sizes {
  const unit = what.startsWith('The list') ? 'entries' : 'bytes';
  const inMegabytes = { size: formatMegabytes(size), max: formatMegabytes(max) };
  const isClear = unit === 'bytes' && max >= 1_000_000 && inMegabytes.size !== inMegabytes.max;
  return isClear ? inMegabytes : { size: formatCount(size, unit), max: formatCount(max, unit) };
}

function formatMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function formatCount(count: number, unit: string): string {
  return `${count.toLocaleString('en-US')} ${unit}`;
}
