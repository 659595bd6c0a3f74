import { msToIso, timeTextToMs } from '../platform/time-text.ts';
import type { SyncRun } from './sync-run.ts';
import { sendAllHeldChunks } from './upload-chunks.ts';

const checkEveryMs = 24 * 60 * 60 * 1_000;

/**
 * Gives the server, once a day, every chunk that it lacks and this device holds. Its log may be whole and show
 * nothing: another device can have sent again what named them, without holding them. // HEAL-9
 */
export async function checkChunks(run: SyncRun): Promise<void> {
  const { store, clock } = run;
  const followed = store.log.cursor();
  const checkedAt = timeTextToMs(store.facts.read('chunks-checked') ?? '');
  const now = clock.now();
  const isDue = checkedAt === null || Math.abs(now - checkedAt) >= checkEveryMs;
  if (followed === null || !isDue) return;
  if (checkedAt !== null) await sendAllHeldChunks(run, followed);
  store.facts.write('chunks-checked', msToIso(now), 'soon');
}
