import assert from 'node:assert/strict';
import {
  bytesToJson,
  decodeFrames,
  decodeKeyring,
  decodeOperation,
  encodeFrames,
  encodeKeyring,
  encodeOperation,
  hexToBytes,
  openAccount,
  parseAccountRecord,
  unlockKeyring,
} from '@dataans/core';
import { createNodePrimitives } from '../../../packages/client/src/node/primitives.ts';
import { vectors } from '../../vectors/vector-files.ts';
import type { Json } from '../mutate/json.ts';
import { varyBytes, varyJson } from '../mutate/vary.ts';
import type { Target } from '../target.ts';

const frames = vectors.frames.valid.map(({ encoded }) => hexToBytes(encoded) ?? new Uint8Array());
const parse = (text: string): Json => JSON.parse(text) as Json; // Which JSON.parse gives by its nature.
const operations = vectors.operation.valid.map(({ encoded }) => parse(encoded));
const keyrings = vectors.keyring.valid.map(({ encoded }) => parse(encoded));
const records = vectors.account.valid.map(({ record }) => record as Json);

/** Deriving for real takes a fifth of a second; how long a record may make it take is looked at instead. */
function createHastyPrimitives() {
  const primitives = createNodePrimitives();
  return {
    ...primitives,
    stretchPassword: (password: Uint8Array, _salt: Uint8Array, iterations: number) => {
      assert.ok(iterations >= 1_200_000 && iterations <= 20_000_000, `${iterations} iterations`);
      return primitives.importDerivationKey(password);
    },
  };
}

const primitives = createHastyPrimitives();
const credentials = { password: 'a', passphrase: 'b' };

/** The formats of core: each is read whole or refused, and what was read is written the same again. */
export const recordTargets: readonly Target[] = [
  {
    name: 'frames',
    make: (chance) => varyBytes(frames, chance),
    read: (bytes) => {
      const decoded = decodeFrames(bytes);
      if (decoded.ok) assert.deepEqual(encodeFrames(decoded.frames), bytes);
      else assert.match(decoded.reason, /^The frame at byte \d+ is not one: [^\n]+\.$/);
    },
  },
  {
    name: 'operation',
    make: (chance) => varyJson(operations, chance),
    read: (bytes) => {
      const decoded = decodeOperation(bytes);
      if (!decoded.ok) return;
      const encoded = encodeOperation(decoded.operation);
      if (encoded.ok) assert.deepEqual(decodeOperation(encoded.encoded), decoded);
    },
  },
  {
    name: 'keyring',
    make: (chance) => varyJson(keyrings, chance),
    read: async (bytes) => {
      const keyring = decodeKeyring(bytes);
      if (keyring === null) return;
      assert.deepEqual(decodeKeyring(encodeKeyring(keyring)), keyring);
      await unlockKeyring(primitives, keyring);
    },
  },
  {
    name: 'account',
    make: (chance) => varyJson(records, chance),
    read: async (bytes) => {
      const record = parseAccountRecord(bytesToJson(bytes));
      if (record === null) return;
      const opened = await openAccount(primitives, credentials, record);
      assert.ok(!opened.ok && ['wrong-credentials', 'weak-kdf', 'malformed'].includes(opened.code));
    },
  },
];
