import type { SyncStatus } from '@dataans/client';
import { formatIsoTime, formatLocalTime } from './dates.ts';

type Session = SyncStatus['session'];

/** Until when this device's session holds; `null` if there is nothing to say about it. */
export function describeSession(session: Session, signInCommand: string): string | null {
  if (session === null) return null;
  const { state, expires } = session;
  const end = expires === null ? '' : ` ${formatLocalTime(expires)}`;
  if (state === 'active') return expires === null ? null : `active until${end}`;
  return `expired${end}. Sign in again with: ${signInCommand}`;
}

export function sessionToJson(session: Session) {
  if (session === null) return null;
  return { ...session, expires: session.expires === null ? null : formatIsoTime(session.expires) };
}
