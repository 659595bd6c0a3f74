import { timeTextToMs } from '../platform/time-text.ts';
import type { ServerConnection } from '../connection/server-connection.ts';

/** Until when the server lets this caller in, in milliseconds since 1970 UTC; `null`: for good, or not known. */
export async function readExpiry(
  connection: Pick<ServerConnection, 'access' | 'readSession'>,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const { expires } = await connection.readSession(signal);
  // A service token gets a session of its own with each request: the end of one says nothing.
  const lasts = connection.access().kind === 'cloudflare-access';
  return expires === null || lasts ? null : timeTextToMs(expires);
}
