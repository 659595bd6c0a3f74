import type { AccountRecord, LogId } from '@dataans/core';
import type { ServerConnection } from '../connection/server-connection.ts';
import { isSameRecord } from './kept-record.ts';

/**
 * Whether the account of a server is the one of this home, as far as that shows without its password: it has the
 * followed log, or the account record as it was kept, or has lost all of it, which a sync mends. // ACC-9
 */
export async function isOwnAccount(
  connection: Pick<ServerConnection, 'readLog' | 'readAccount'>,
  { kept, followed }: { readonly kept: AccountRecord | null; readonly followed: LogId | null },
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { log } = await connection.readLog(signal);
  if (log === followed) return true;
  const found = await connection.readAccount(signal);
  return kept !== null && (found === null || isSameRecord(found.record, kept));
}
