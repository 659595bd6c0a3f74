import { createLocalJWKSet, type JWK, type JWTVerifyGetKey } from 'jose';
import { JWKSMultipleMatchingKeys, JWKSNoMatchingKey } from 'jose/errors';
import type { Clock } from '../../clock.ts';
import type { Logger } from '../../logging/logger.ts';
import { Refusal } from '../../problems/refusal.ts';
import { errorText } from '../../system-error.ts';
import type { KeptKeys } from '../../stores/kept-keys.ts';
import { parseKeys } from './parse-keys.ts';

/** From this age on keys are fetched anew, while they still count: one that was withdrawn counts no longer. */
const freshMs = 60 * 60 * 1_000;

/** For so long keys count while nobody can be asked for newer ones. // AUTH-8 */
const countMs = 72 * 60 * 60 * 1_000;

/** Tokens with keys that nobody knows make us ask at most this often. // AUTH-8 */
const cooldownMs = 30_000;

/** How long to leave a publisher alone that failed, at first and at most; it doubles. // AUTH-8 */
const retryMs = { first: 5_000, most: 60_000 };

/** Keys from this much later are from a clock that was wrong. */
const clockErrorMs = 5 * 60 * 1_000;

export interface KeySetDependencies {
  /** Names where the keys are from, for what is kept of them. */
  readonly source: string;
  readonly fetchKeys: () => Promise<readonly JWK[]>;
  readonly kept: KeptKeys;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly inBackground: (work: Promise<unknown>) => void;
}

interface HeldKeys {
  readonly fetched: number;
  readonly find: JWTVerifyGetKey;
}

/**
 * The keys of an issuer, found by their ids. Throws jose's `JWKSNoMatchingKey` for an id that nobody knows, and
 * a `Refusal` with 503 while nobody can be asked. // AUTH-8
 */
export function createKeySet({
  source,
  fetchKeys,
  kept,
  clock,
  logger,
  inBackground,
}: KeySetDependencies): JWTVerifyGetKey {
  let held: HeldKeys | null = null;
  let keptRead: Promise<void> | null = null;

  const hold = (keys: readonly JWK[], fetched: number) => {
    held = { fetched, find: createLocalJWKSet({ keys: [...keys] }) };
  };
  const readKept = async () => {
    try {
      const published = await kept.read();
      if (published === null || published.source !== source) return;
      const keys = parseKeys(published);
      if (keys !== null) hold(keys, published.fetched);
    } catch (error) {
      logger.error({ source, failure: errorText(error) }, 'kept signing keys not read');
    }
  };
  const refresh = async () => {
    const fetched = clock.now();
    const keys = await fetchKeys();
    hold(keys, fetched);
    await kept.write({ source, fetched, keys }).catch((error: unknown) => {
      // They count all the same: a full disk must not lock anybody out.
      logger.error({ source, failure: errorText(error) }, 'signing keys not kept');
    });
  };
  const asking = createAsking({ source, refresh, clock, logger });
  const ageMs = () => (held === null ? Infinity : clock.now() - held.fetched);
  const doCount = () => ageMs() < countMs && ageMs() > -clockErrorMs;

  return async (header, token) => {
    await (keptRead ??= readKept());
    if (!doCount()) await asking.askIfDue();
    else if (ageMs() >= freshMs) inBackground(asking.askIfDue());
    if (held === null || !doCount()) throw asking.unavailable();
    try {
      return await held.find(header, token);
    } catch (error) {
      if (!isUnknownKey(error)) throw error;
      await asking.lookForNewKeys();
      if (asking.hasFailed()) throw asking.unavailable();
      return held.find(header, token);
    }
  };
}

interface AskingDependencies extends Pick<KeySetDependencies, 'source' | 'clock' | 'logger'> {
  readonly refresh: () => Promise<void>;
}

/** When the publisher may be asked, and how that went: once at a time, and with pauses. // AUTH-8 */
function createAsking({ source, refresh, clock, logger }: AskingDependencies) {
  let failures = 0;
  let failedAt: number | null = null;
  let lookedAt: number | null = null;
  let running: Promise<void> | null = null;

  const ask = async () => {
    try {
      await refresh();
      failures = 0;
    } catch (error) {
      failures += 1;
      failedAt = clock.now();
      logger.error({ source, failure: errorText(error), failures }, 'signing keys not fetched');
    }
  };
  const msLeft = (since: number | null, pauseMs: number) => {
    const passedMs = since === null ? pauseMs : clock.now() - since;
    return passedMs < 0 || passedMs >= pauseMs ? 0 : pauseMs - passedMs;
  };
  const msUntilRetry = () =>
    failures === 0 ? 0 : msLeft(failedAt, Math.min(retryMs.first * 2 ** (failures - 1), retryMs.most));
  const askIfDue = async () => {
    if (running === null && msUntilRetry() > 0) return;
    running ??= ask().finally(() => {
      running = null;
    });
    await running;
  };
  return {
    askIfDue,
    /** Somebody shows a token with a key that is not held: perhaps it is new. */
    lookForNewKeys: async () => {
      if (running === null && failures === 0) {
        if (msLeft(lookedAt, cooldownMs) > 0) return;
        lookedAt = clock.now();
      }
      await askIfDue();
    },
    hasFailed: () => failures > 0,
    unavailable: () => keysUnavailable(Math.ceil(Math.max(msUntilRetry(), 1_000) / 1_000)),
  };
}

/** Several keys of one id are as good as none. */
export function isUnknownKey(error: unknown): boolean {
  return error instanceof JWKSNoMatchingKey || error instanceof JWKSMultipleMatchingKeys;
}

function keysUnavailable(retryAfterSeconds: number): Refusal {
  return new Refusal(
    'unavailable',
    "The server can't get the keys it needs to check sign-ins. Try again soon. If it keeps happening, check the server's log.",
    { 'retry-after': String(retryAfterSeconds) },
    'keys-unavailable',
  );
}
