import { equalBytes, hexToBytes, type LogMessage } from '@dataans/core';
import type { Position } from '../store/local-log.ts';
import { DivergenceError } from '../findings/divergence.ts';

/** The end of the log as an answer names it: nothing is proven. */
export function namedHead({ head, chain }: Pick<LogMessage, 'head' | 'chain'>): Position {
  return { seq: head, chain: hexToBytes(chain) ?? new Uint8Array() };
}

/**
 * @param chain where the entries up to the named place lead
 * @throws DivergenceError where the server named another // SYN-6
 */
export function requireNamedChain(address: string, chain: Uint8Array, named: Position): void {
  if (!equalBytes(chain, named.chain))
    throw new DivergenceError(address, { kind: 'chain-differs', seq: named.seq });
}
