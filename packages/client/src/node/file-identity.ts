import { statSync, type BigIntStats } from 'node:fs';

/**
 * What tells a file from its copies, whatever they are called: when it was made, which no copying program
 * of Linux passes on; elsewhere also its number, which FAT and network disks of Linux change at each mount.
 * `null` where the file system does not keep it. // STO-18
 */
export function identifyFile(path: string): string | null {
  const found = statSync(path, { bigint: true });
  const { birthtimeNs, ino } = found;
  const isUnknown = birthtimeNs === 0n || (isLastChange(found) && isLastChange(programFile()));
  if (isUnknown) return null;
  return process.platform === 'linux' ? String(birthtimeNs) : `${birthtimeNs} ${ino}`;
}

/**
 * Where the system does not say when files were made, Node tells the time of their last change. So it is with
 * a file that has just been made, too, and then the program's own shows the difference.
 */
function isLastChange({ birthtimeNs, ctimeNs }: BigIntStats): boolean {
  return birthtimeNs === ctimeNs;
}

function programFile(): BigIntStats {
  return statSync(process.execPath, { bigint: true });
}
