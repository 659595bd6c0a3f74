import { isUuid, type LogId } from '@dataans/core';
import * as v from 'valibot';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';

const shape = v.object({ log: v.custom<LogId>(isUuid), at: v.number(), healed: v.boolean() });

/** Since when this device follows a log as it is now. */
export interface Followed {
  readonly log: LogId;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** It had followed another log before, or another part of this one. */
  readonly healed: boolean;
}

export function readFollowed(facts: Pick<Facts, 'read'>): Followed | null {
  return readJsonFact(facts, 'followed-since', shape);
}

export function noteFollowed(facts: Facts, followed: Followed): void {
  facts.write('followed-since', JSON.stringify(followed), 'soon');
}
