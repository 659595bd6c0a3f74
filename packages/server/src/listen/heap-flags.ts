import { setFlagsFromString } from 'node:v8';

/** For a process that bytes pass through and in which little stays. */
export const heapFlags = [
  // The space for new objects stays at its first size. Left alone it grows to tens of megabytes while chunks
  // pass through, which makes nothing faster here.
  '--semi-space-growth-factor=1',
  // Buffers get a limit of their own kind. Counted among the old objects, every 10 MB that pass start a
  // collection of everything: half of the work of sending a file.
  '--external-memory-accounted-in-global-limit',
] as const;

/** Comes before anything else is loaded: what that leaves behind makes the space for new objects grow. */
export function setHeapFlags(): void {
  for (const flag of heapFlags) setFlagsFromString(flag);
}
