import { hexToBytes, type LogMessage } from '@dataans/core';
import type { Position } from '../store/local-log.ts';

/** The end of the log as an answer names it: nothing is proven. */
export function namedHead({ head, chain }: Pick<LogMessage, 'head' | 'chain'>): Position {
  return { seq: head, chain: hexToBytes(chain) ?? new Uint8Array() };
}
