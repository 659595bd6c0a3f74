import type { Caller, Identity } from '../auth/authenticator.ts';
import type { Clock } from '../clock.ts';
import type { EndSignal } from '../end-signal.ts';
import type { Logger } from '../logging/logger.ts';
import type { CallerCounts } from '../metrics/caller-counts.ts';
import { Refusal, type RefusalReason } from '../problems/refusal.ts';
import { callerAddress, type IsProxy } from './caller-address.ts';
import { createRefusalDelays, longestDelayMs } from './refusal-delays.ts';
import { createSignIns } from './sign-ins.ts';

export interface DoorDependencies {
  /** The method that knows callers, as the configuration names it. */
  readonly method: string;
  readonly isProxy: IsProxy;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly counts: CallerCounts;
  /** Answers wait no longer when the server stops. */
  readonly stopping: EndSignal;
}

export interface Door {
  /**
   * Whom `judge` lets in; `null` where it asks nobody who they are. Says in the log and in the metrics who
   * came in and who did not, and holds back what refuses one address again and again. Rejects as `judge` does.
   *
   * @param route as log lines name it
   */
  admit<Admitted extends Identity | null>(
    caller: Caller,
    route: string,
    judge: () => Promise<Admitted>,
  ): Promise<Admitted>;
}

/** Answers that wait at once; each holds a connection. */
const waitingMax = 64;

export function createDoor({ method, isProxy, clock, logger, counts, stopping }: DoorDependencies): Door {
  const signIns = createSignIns();
  const delays = createRefusalDelays();
  let waiting = 0;

  const noteIdentity = (identity: Identity): void => {
    if (!signIns.begins(identity.hash, clock.now())) return;
    counts.signedIn(identity.method);
    logger.info({ auth: identity.method, caller: identity.hash }, 'signed in'); // AUTH-20
  };

  const holdBack = async (refusal: Refusal, address: string): Promise<Refusal> => {
    const delayMs = delays.next(address, clock.now());
    if (delayMs === 0) return refusal;
    if (waiting === waitingMax) return refuseCrowd(refusal);
    waiting += 1;
    await pause(clock, delayMs, stopping);
    waiting -= 1;
    return refusal;
  };

  const noteRefusal = (
    refusal: Refusal,
    reason: RefusalReason,
    address: string | null,
    route: string,
  ): void => {
    counts.refused(method, reason);
    const { caller } = refusal;
    const known = { ...(address !== null && { address }), ...(caller !== null && { caller }) };
    logger.warn({ auth: method, reason, route, ...known }, 'refused'); // AUTH-20
  };

  return {
    admit: async (caller, route, judge) => {
      try {
        const identity = await judge();
        if (identity !== null) noteIdentity(identity);
        return identity;
      } catch (error) {
        if (!(error instanceof Refusal) || error.reason === null) throw error;
        const address = callerAddress(caller, method, isProxy);
        noteRefusal(error, error.reason, address, route);
        // That nobody can be judged at the moment is held against nobody.
        throw address === null || error.reason === 'keys-unavailable'
          ? error
          : await holdBack(error, address);
      }
    },
  };
}

function refuseCrowd({ reason }: Refusal): Refusal {
  return new Refusal(
    'too-many-requests',
    'Too many failed attempts. Wait a few seconds, then try again with valid credentials.',
    { 'retry-after': String(longestDelayMs / 1_000) },
    reason,
  );
}

async function pause(clock: Clock, ms: number, stopping: EndSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = (): void => resolve();
  const callOff = clock.after(ms, end);
  stopping.addEventListener('abort', end);
  if (stopping.aborted) end();
  await promise;
  callOff();
  stopping.removeEventListener('abort', end);
}
