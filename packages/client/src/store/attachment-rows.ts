import type { SqlDatabase } from '../platform/sql-database.ts';

/** Which files each note holds, so that both can be asked for. */
export interface AttachmentRows {
  replace(note: number, files: readonly number[]): void;
}

export function createAttachmentRows(database: SqlDatabase): AttachmentRows {
  const remove = database.prepare('DELETE FROM attachments WHERE note = ?');
  const insert = database.prepare(
    'INSERT INTO attachments (note, file) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  return {
    replace: (note, files) => {
      remove.run(note);
      for (const file of files) insert.run(note, file);
    },
  };
}
