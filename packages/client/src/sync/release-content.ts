import { DataansError } from '@dataans/core';
import { createKeptFindings } from '../findings/kept-findings.ts';
import { freeChunks, namesOf } from '../files/free-chunks.ts';
import type { Entity } from '../store/entities.ts';
import { findMissingChunks } from './missing-chunks.ts';
import type { SyncDependencies } from './sync-run.ts';

export type ReleaseDependencies = Pick<
  SyncDependencies,
  'store' | 'chunks' | 'holding' | 'connection' | 'primitives' | 'clock'
>;

/**
 * Frees a content here once the server has said that it has all of it, and leaves it there. What other files name as well
 * stays. // FIL-12
 *
 * @throws DataansError
 */
export async function releaseContent(
  dependencies: ReleaseDependencies,
  file: Entity<'file'>,
  signal: AbortSignal,
): Promise<void> {
  const { store, holding, clock } = dependencies;
  requireUndamaged(dependencies, file);
  await requireOnServer(dependencies, file, signal);
  const pause = (): Promise<void> => clock.sleep(0);
  await holding.giveUp(async () => {
    const { value } = store.entities.read('file', file.id) ?? file;
    if (value.chunks !== file.value.chunks) throw notOnServer(file); // It was changed since.
    store.files.markAbsent([file.id], { wish: false });
    await freeChunks({ ...dependencies, pause, signal }, namesOf(file.value));
  }, signal);
}

async function requireOnServer(
  { store, connection, primitives }: ReleaseDependencies,
  file: Entity<'file'>,
  signal: AbortSignal,
): Promise<void> {
  const followed = store.log.cursor();
  if (followed === null || !file.backedUp) throw notOnServer(file);
  const missing = await findMissingChunks({ connection, primitives, signal }, followed, namesOf(file.value));
  if (missing.length > 0) throw notOnServer(file);
}

/** What was found wrong on the server says that the good pieces may be here alone. */
function requireUndamaged({ store }: ReleaseDependencies, { id, value }: Entity<'file'>): void {
  const chunks: ReadonlySet<string> = new Set(namesOf(value));
  const { findings } = createKeptFindings(store.facts).of('verify-chunks');
  const isDamaged =
    store.files.absence(id)?.isDamaged === true ||
    findings.some(({ concerns }) => concerns.chunk !== undefined && chunks.has(concerns.chunk));
  if (!isDamaged) return;
  throw new DataansError(
    'integrity',
    `The server’s copy of “${value.name}” is damaged, so the file stays on this device.`,
    { advice: 'Sync this device: it sends the server what it has. Then verify all files.' },
  );
}

function notOnServer({ value }: Entity<'file'>): DataansError {
  return new DataansError(
    'not-found',
    `The server doesn't have all of “${value.name}” yet, so the file stays on this device.`,
    { advice: 'Sync this device, then try again.', reason: 'not-on-server' },
  );
}
