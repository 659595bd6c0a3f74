import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { limits } from '@dataans/core';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';
import { durationRow, timed, type Row } from '../measure.ts';

/** Password and passphrase to root key, beside the bare PBKDF2. */
export async function measureRootKey(): Promise<readonly Row[]> {
  const password = randomBytes(32);
  const salt = randomBytes(32);
  const bare = await timed(() => pbkdf2Sync(password, salt, limits.kdfIterations, 32, 'sha256'));
  const primitives = createNodePrimitives();
  const derived = await timed(() => primitives.stretchPassword(password, salt, limits.kdfIterations));
  return [durationRow('root key derivation', [{ figure: derived.ms, limit: bare.ms }])];
}
