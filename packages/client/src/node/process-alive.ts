import { faultCode } from './file-faults.ts';

/** Whether a process of this id runs now: this one, another one of ours, or somebody else's that took the id. */
export function isProcessAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return faultCode(error) === 'EPERM';
  }
}
