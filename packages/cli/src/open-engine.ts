import type { SyncEngine } from '@dataans/client';
import type { Context } from './context.ts';

/** The engine of this device, in a process that files may pass through. */
export async function openEngine(context: Pick<Context, 'home'>): Promise<SyncEngine> {
  const home = await context.home();
  const engine = await home.engine();
  const { setHeapFlags } = await import('@dataans/client/node');
  setHeapFlags();
  return engine;
}
