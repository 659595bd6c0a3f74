import { msToIso } from '../platform/time-text.ts';
import { isCheckDue } from './check-due.ts';
import type { SyncRun } from './sync-run.ts';
import { offerAllHeldChunks } from './send-held-chunks.ts';

/**
 * Gives the server, once a day, every chunk that it lacks and this device holds. Its log may be whole and show
 * nothing: another device can have sent again what named them, without holding them. // HEAL-9
 */
export async function checkChunks(run: SyncRun): Promise<void> {
  const { store, clock } = run;
  const followed = store.log.cursor();
  const now = clock.now();
  const isDue = isCheckDue(store.facts, 'chunks-checked', now);
  if (followed === null || isDue === false) return;
  if (isDue && !(await offerAllHeldChunks(run, followed))) return;
  store.facts.write('chunks-checked', msToIso(now), 'soon');
}
