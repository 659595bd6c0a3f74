import type { LogMessage } from '@dataans/core';
import { accessToPlain } from '../account/plain-access.ts';
import { readExpiry } from '../account/session-expiry.ts';
import type { AccountQuestion } from '../account/sign-in-request.ts';
import type { Access } from '../connection/access.ts';
import type { ServerConnection } from '../connection/server-connection.ts';
import type { Clock } from '../platform/clock.ts';
import type { FoundAccount } from '../connection/account-connection.ts';

/** What a server said of itself to whoever is about to sign in. Nothing of it is proven. */
export interface Meeting {
  readonly log: LogMessage;
  /** `null` where no account has been made there. */
  readonly found: FoundAccount | null;
  /** Until when it lets this caller in, in milliseconds since 1970 UTC; `null`: for good, or not known. */
  readonly expires: number | null;
}

/** Who signs in asks a server a few things in a row: the answers are kept from one question to the next. */
export interface Meetings {
  /** Asks, unless it was asked a moment ago with the same access. */
  meet(question: AccountQuestion): Promise<Meeting>;
  /** What it answered a moment ago. */
  recall(question: Pick<AccountQuestion, 'server' | 'access'>): Meeting | null;
  forget(): void;
}

const freshMs = 10 * 60_000;

export function createMeetings(
  connect: (server: string, access: () => Access) => ServerConnection,
  clock: Pick<Clock, 'now'>,
): Meetings {
  let last: { readonly key: string; readonly atMs: number; readonly meeting: Meeting } | null = null;
  const recall: Meetings['recall'] = (question) => {
    const isRecent = last !== null && Math.abs(clock.now() - last.atMs) < freshMs;
    return isRecent && last?.key === keyOf(question) ? last.meeting : null;
  };
  return {
    recall,
    meet: async (question) => {
      const known = recall(question);
      if (known !== null) return known;
      const { server, access, signal } = question;
      const connection = connect(server, () => access);
      const log = await connection.readLog(signal);
      const found = await connection.readAccount(signal);
      const meeting = { log, found, expires: await readExpiry(connection, signal) };
      last = { key: keyOf(question), atMs: clock.now(), meeting };
      return meeting;
    },
    forget: () => {
      last = null;
    },
  };
}

function keyOf({ server, access }: Pick<AccountQuestion, 'server' | 'access'>): string {
  return JSON.stringify([server, accessToPlain(access)]);
}
