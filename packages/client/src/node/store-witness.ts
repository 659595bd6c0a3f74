import { readFileSync, writeFileSync } from 'node:fs';
import { parseUuid, type DeviceId } from '@dataans/core';
import type { GivenNumber, StoreWitness } from '../platform/store-witness.ts';
import { identifyFile } from './file-identity.ts';

/** The witness of the store at `path`, which exists: the identity of its file, and a small file beside it. */
export function createStoreWitness(path: string): StoreWitness {
  const besidePath = `${path}.witness`;
  return {
    file: identifyFile(path),
    lastNumber: readNumber(besidePath),
    note: ({ device, n }) => {
      try {
        writeFileSync(besidePath, `${device} ${n}\n`, { mode: 0o600 });
      } catch {
        // The number is in the store. An older store in its place is then noticed by the next sync.
      }
    },
  };
}

/** Only what was written whole: nothing follows from the rest. */
function readNumber(path: string): GivenNumber | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const [, id = '', digits = ''] = /^([0-9a-f-]{36}) ([0-9]{1,15})\n$/.exec(text) ?? [];
  const device = parseUuid<DeviceId>(id);
  return device === null ? null : { device, n: Number(digits) };
}
