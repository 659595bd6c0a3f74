import type { AuthContext } from '../auth/define-method.ts';
import { createMemoryTokens } from '../stores/memory-tokens.ts';
import { createMemoryKeptKeys } from '../stores/kept-keys.ts';
import { silentLogger } from '../logging/logger.ts';
import type { TokenStore } from '../stores/token-store.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

export interface TestAuthContext extends AuthContext {
  readonly clock: ManualClock;
  readonly tokens: TokenStore;
}

/** What a method is given: stores in memory, time standing still, and nobody to be fetched from. */
export function createTestAuthContext(overrides: Partial<TestAuthContext> = {}): TestAuthContext {
  return {
    tokens: createMemoryTokens(),
    keptKeys: createMemoryKeptKeys(),
    clock: createManualClock(),
    fetch: () => Promise.reject(new Error('There is no network.')),
    logger: silentLogger,
    port: 8000,
    inBackground: () => {},
    ...overrides,
  };
}
