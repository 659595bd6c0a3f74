import type { LogStore } from '../log/log-store.ts';
import { Refusal } from '../problems/refusal.ts';
import type { Call } from './route.ts';

/** What is meant for another log is neither done nor answered: that may be another account's. // SRV-38 */
export function requireLog(log: Pick<LogStore, 'id'>, call: Call): void {
  const meant = call.req.query('log');
  if (meant === undefined || meant === log.id) return;
  throw new Refusal(
    'log-diverged',
    'This request is for a different log. Nothing was stored or read. Ask which log this is.',
  );
}
