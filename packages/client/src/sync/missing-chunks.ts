import { limits, type ChunkName } from '@dataans/core';
import { DivergenceError } from '../findings/divergence.ts';
import type { Cursor } from '../store/local-log.ts';
import { shuffle } from './shuffle.ts';
import type { SyncRun } from './sync-run.ts';

export const sendsAtOnce = 8;

/** The server's log, as far as it is known: chunks are for no other. // HEAL-4 */
export type Addressee = Pick<Cursor, 'log' | 'seq'>;

/**
 * Which of the chunks the server has not. // FIL-6
 *
 * @throws DivergenceError if its log is another one
 */
export async function findMissingChunks(
  run: Pick<SyncRun, 'connection' | 'primitives' | 'signal'>,
  addressee: Addressee,
  named: readonly ChunkName[],
): Promise<readonly ChunkName[]> {
  const names = shuffle(named, run.primitives);
  const missing: ChunkName[] = [];
  for (let start = 0; start < names.length; start += limits.missingNamesMax) {
    const asked = names.slice(start, start + limits.missingNamesMax);
    const found = await run.connection.missingChunks(addressee.log, asked, run.signal);
    if (found === null) throw anotherLog(run, addressee);
    missing.push(...found);
  }
  return missing;
}

export function anotherLog({ connection }: Pick<SyncRun, 'connection'>, { seq }: Addressee): DivergenceError {
  return new DivergenceError(connection.address, { kind: 'cursor-unknown', seq });
}
