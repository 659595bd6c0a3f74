import { parseChunkName } from '@dataans/core';
import type { Finding } from '../findings/finding.ts';
import type { Cursor } from '../store/local-log.ts';
import type { SyncRun } from './sync-run.ts';
import { offerAllHeldChunks } from './send-held-chunks.ts';

/** Sends again what a verification found missing or damaged on the server and this device holds. // VFY-9 */
export async function mendChunks(run: SyncRun): Promise<void> {
  const { findings, count } = run.findings.of('verify-chunks');
  const followed = run.store.log.cursor();
  if (count === 0 || followed === null) return;
  if (findings.some(({ kind }) => kind === 'chunk-missing') && !(await offerAllHeldChunks(run, followed)))
    return;
  const left: Finding[] = [];
  for (const finding of findings) if (!(await mend(run, followed, finding))) left.push(finding);
  run.findings.replace('verify-chunks', left);
}

/** A server compares a chunk that it has with the one that is sent, and replaces a damaged one. */
async function mend(run: SyncRun, { log }: Cursor, { kind, concerns }: Finding): Promise<boolean> {
  if (kind === 'chunk-unreadable') return false; // What is held is what the server has.
  const name = parseChunkName(concerns.chunk ?? '');
  const sealed = name === null ? null : await run.chunks.get(name);
  if (name === null || sealed === null) return false;
  const stored = await run.connection.putChunk(log, name, sealed, run.signal);
  if (!stored.ok && stored.code !== 'log-diverged') run.problems.push(stored.error); // Another log: the next sync finds out.
  return stored.ok;
}
