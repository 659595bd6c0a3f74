import { OperatorError } from '../../operator-error.ts';
import type { Query } from './database.ts';
import { onlyRow } from './row.ts';

/** Throws `OperatorError` if a commit would not be on a disk when it is answered, or if the server only follows another one. // SRV-102 */
export async function requireDurable(query: Query): Promise<void> {
  const row = onlyRow(
    await query(
      `SELECT current_setting('fsync') = 'off' AS unsynced,
        current_setting('synchronous_commit') = 'off' AS late,
        current_setting('full_page_writes') = 'off' AS torn,
        pg_is_in_recovery() AS follows`,
    ),
  );
  if (row['follows'] === true)
    throw new OperatorError(
      'DATAANS_DATABASE names a standby, which only reads what another PostgreSQL server writes. Set it to the address of the primary.',
    );
  const setting =
    row['unsynced'] === true ? 'fsync' : row['late'] === true ? 'synchronous_commit' : 'full_page_writes';
  if (row['unsynced'] === true || row['late'] === true || row['torn'] === true)
    throw new OperatorError(
      `The database runs with ${setting}=off, so that a power cut can lose what devices were told is safe. Turn ${setting} on in PostgreSQL's settings.`,
    );
}
