import type { SyncStatus } from '@dataans/client';
import { formatIsoTime, formatLocalTime } from './dates.ts';

type Session = SyncStatus['session'];

/** What lets this device in at its server, and until when. */
export function describeSession(session: Session, signInCommand: string): string {
  if (session === null) return 'none';
  const { state, expires } = session;
  const end = expires === null ? '' : ` ${formatLocalTime(expires)}`;
  if (state === 'active') return expires === null ? 'active' : `active until${end}`;
  return `ended${end}: sign in again with ${signInCommand}`;
}

export function sessionToJson(session: Session) {
  if (session === null) return null;
  return { ...session, expires: session.expires === null ? null : formatIsoTime(session.expires) };
}
