import type { Hash, LogId } from '@dataans/core';
import type { LocalLog } from '../store/local-log.ts';
import { startCursor } from '../sync/start-cursor.ts';

/**
 * A home that has followed no entry of any log follows the log that it signs in to, from its start: where another
 * one answers later, that is noticed before it is given anything. // HEAL-4
 */
export function followLog(log: Pick<LocalLog, 'cursor' | 'rewind'>, hash: Hash, signedInTo: LogId): void {
  if ((log.cursor()?.seq ?? 0) === 0) log.rewind(startCursor(hash, signedInTo));
}
