import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { parseUuid, type DeviceId } from '@dataans/core';
import type { GivenNumber, StoreWitness } from '../platform/store-witness.ts';
import { identifyFile } from './file-identity.ts';

/** Of the largest safe integer. */
const digitsOfNumber = 16;

/** The witness of the store at `path`, which exists: the identity of its file, and a small file beside it. */
export function createStoreWitness(path: string): StoreWitness {
  const besidePath = `${path}.witness`;
  return {
    file: identifyFile(path),
    lastNumber: readNumber(besidePath),
    note: ({ device, n }) => {
      try {
        overwrite(besidePath, `${device} ${String(n).padStart(digitsOfNumber, '0')}\n`);
      } catch {
        // The number is in the store. An older store in its place is then noticed by the next sync.
      }
    },
  };
}

/** Every text is as long as the one before it. To empty the file first would wait for the disk on some systems. */
function overwrite(path: string, text: string): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600);
  try {
    writeSync(file, text, 0);
  } finally {
    closeSync(file);
  }
}

/** Only what was written whole: nothing follows from the rest. */
function readNumber(path: string): GivenNumber | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const [, id = '', digits = ''] = /^([0-9a-f-]{36}) ([0-9]{1,16})\n$/.exec(text) ?? [];
  const device = parseUuid<DeviceId>(id);
  return device === null ? null : { device, n: Number(digits) };
}
