import { createMemoryTokens } from './memory-tokens.ts';
import { testTokenStore } from './token-store.contract.ts';

testTokenStore('memory tokens', async () => createMemoryTokens());
