import { errorText } from '../system-error.ts';

const timeoutMs = 10_000;

/** Tells an address that a backup went well. Rejects with a sentence where it was not heard. // SRV-84 */
export async function tellHeartbeat(url: URL, fetchIt: typeof fetch = fetch): Promise<void> {
  // The path of such an address is often its secret, and is not told.
  const advice = `Check DATAANS_HEARTBEAT_URL and the connection to ${url.host}.`;
  const answer = await fetchIt(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'follow' }).catch(
    (error: unknown): never => {
      throw new Error(`The heartbeat to ${url.host} failed (${errorText(error)}). ${advice}`);
    },
  );
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`${url.host} answered the heartbeat with ${answer.status}. ${advice}`);
}
