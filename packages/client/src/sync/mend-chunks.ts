import { parseChunkName } from '@dataans/core';
import type { Finding } from '../findings/finding.ts';
import type { SyncRun } from './sync-run.ts';
import { sendAllHeldChunks } from './upload-chunks.ts';

/** Sends again what a verification found missing or damaged on the server and this device holds. */
export async function mendChunks(run: SyncRun): Promise<void> {
  const { findings, count } = run.findings.of('verify-chunks');
  if (count === 0) return;
  if (findings.some(({ kind }) => kind === 'chunk-missing')) await sendAllHeldChunks(run);
  const left: Finding[] = [];
  for (const finding of findings) if (!(await mend(run, finding))) left.push(finding);
  run.findings.replace('verify-chunks', left);
}

/** A server compares a chunk that it has with the one that is sent, and replaces a damaged one. */
async function mend(run: SyncRun, { concerns }: Finding): Promise<boolean> {
  const name = parseChunkName(concerns.chunk ?? '');
  const sealed = name === null ? null : await run.chunks.get(name);
  if (name === null || sealed === null) return false;
  const stored = await run.connection.putChunk(name, sealed, run.signal);
  if (!stored.ok) run.problems.push(stored.error);
  return stored.ok;
}
