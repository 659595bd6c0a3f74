import { readFileSync } from 'node:fs';

/** Resident memory of a process in MiB, now and at its highest; `null` where the system does not tell. */
export function readMemory(pid: number): { nowMiB: number; peakMiB: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return { nowMiB: readField(status, 'VmRSS'), peakMiB: readField(status, 'VmHWM') };
  } catch {
    return null;
  }
}

function readField(status: string, field: string): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  return Number(kibibytes) / 1024;
}
