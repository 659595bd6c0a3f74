import type { SyncEngine } from '@dataans/client';
import type { Home } from '@dataans/client/node';

/** The engine of this device, in a process that files may pass through. */
export async function openEngine(home: Home): Promise<SyncEngine> {
  const engine = await home.engine();
  const { setHeapFlags } = await import('@dataans/client/node');
  setHeapFlags();
  return engine;
}
