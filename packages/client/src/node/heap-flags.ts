import { setFlagsFromString } from 'node:v8';

export const heapFlags = [
  // Buffers get a limit of their own kind. Counted among the old objects, every few megabytes of a file that come
  // in start a collection of everything: a third of the work of a download.
  '--external-memory-accounted-in-global-limit',
] as const;

/**
 * For a process whose own work is to sync: the flags hold for all of it. After everything is loaded, since compiled
 * code from before is not used again under other flags.
 */
export function setHeapFlags(): void {
  for (const flag of heapFlags) setFlagsFromString(flag);
}
