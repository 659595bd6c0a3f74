import { freeBytesMin } from '../stores/storage-health.ts';
import { good, problem, warning, type Finding } from './finding.ts';

/** What a file system says of itself. */
export interface Room {
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly freeFiles: number;
  /** 0 where a file system has no fixed number of files. */
  readonly totalFiles: number;
  /** The system's number for the kind of file system. */
  readonly kind: number;
}

const gibibyte = 1_073_741_824;

/** A disk this full will be full before somebody looks again. */
const lowShare = 0.05;

/** Numbers of Linux for NFS, SMB and CIFS. */
const networkKinds: ReadonlySet<number> = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42]);

/** Whether there is room for what comes, and whether the disk is one for a database. */
export function judgeRoom(room: Room): readonly Finding[] {
  return [
    judgeSpace(room),
    ...(room.totalFiles === 0 ? [] : [judgeFiles(room)]),
    ...(networkKinds.has(room.kind) ? [networkDisk] : []),
  ];
}

const networkDisk = problem(
  'disk',
  'The data folder is on a network file system, where the log can be damaged without a word. Move it to a disk of this machine.',
);

function judgeSpace({ freeBytes, totalBytes }: Room): Finding {
  const free = `${(freeBytes / gibibyte).toFixed(1)} GiB of ${(totalBytes / gibibyte).toFixed(1)} GiB are free`;
  if (freeBytes < freeBytesMin) return problem('space', `${free}: nothing can be stored. Free up space.`);
  if (freeBytes < Math.min(lowShare * totalBytes, gibibyte))
    return warning('space', `${free}. Free up space, or move the data folder to a larger disk.`);
  return good('space', `${free}.`);
}

function judgeFiles({ freeFiles, totalFiles }: Room): Finding {
  const files = `${freeFiles} of ${totalFiles} files can still be made`;
  if (freeFiles === 0)
    return problem(
      'files',
      `${files}, so that no chunk can be stored. Remove files that nobody needs from this disk.`,
    );
  if (freeFiles < lowShare * totalFiles)
    return warning(
      'files',
      `${files}. Each chunk is a file. Remove files that nobody needs, or use a file system that takes more.`,
    );
  return good('files', `${files}.`);
}
