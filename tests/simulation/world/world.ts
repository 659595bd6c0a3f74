import type { Primitives } from '@dataans/core';
import type { Chance } from '../../world/chance.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Trace } from '../engine/trace.ts';
import type { Account } from './account.ts';
import type { Plan } from './plan.ts';
import type { Wire } from './wire.ts';

/** What everything in one simulated world shares. */
export interface World {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly chance: Chance;
  /** Real sealing; chance is the seed's. */
  readonly primitives: Primitives;
  readonly account: Account;
  /** All that the server is sent. */
  readonly wire: Wire;
  /** A path on a real disk, for databases; never given before. */
  newPath(name: string): string;
  /** What may not happen, however the run ends. */
  fail(what: string): void;
}

/** 2026-03-01T12:00:00Z, when every world begins. */
export const beginningMs = 1_772_366_400_000;

/** What a clock that is right says, in milliseconds since 1970 UTC. */
export function trueNowMs({ scheduler }: Pick<World, 'scheduler'>): number {
  return Math.floor(beginningMs + scheduler.now());
}
