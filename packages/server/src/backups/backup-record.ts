import * as v from 'valibot';

/** What a server remembers of its own backups, over a restart. */
export interface BackupRecord {
  /** Where they go. */
  readonly folder: string;
  /** When the last good one was made, in milliseconds since 1970. */
  readonly made: number;
  /** When the newest was last proved to be whole; `null` before the first time. */
  readonly proved: number | null;
}

export const backupRecordShape = v.object({
  folder: v.string(),
  made: v.number(),
  proved: v.nullable(v.number()),
});

export interface KeptBackupRecord {
  /** `null` where none was made, or where what was kept cannot be read. */
  read(): Promise<BackupRecord | null>;
  write(record: BackupRecord): Promise<void>;
}
