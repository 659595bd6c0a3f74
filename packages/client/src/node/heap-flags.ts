import { setFlagsFromString } from 'node:v8';

export const heapFlags = [
  // Buffers get a limit of their own kind. Counted among the old objects, every few megabytes of a file that come
  // in start a collection of everything: a third of the work of a download.
  '--external-memory-accounted-in-global-limit',
] as const;

/**
 * For a process whose own work is to sync: the flags hold for all of it. After everything is loaded: set as the first
 * thing, they make a command start some ten milliseconds later.
 */
export function setHeapFlags(): void {
  for (const flag of heapFlags) setFlagsFromString(flag);
}
