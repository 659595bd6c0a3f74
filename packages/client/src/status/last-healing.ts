import * as v from 'valibot';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';

/** A server that was put back, wiped or replaced, and what became of it. */
export interface Healing {
  /** Milliseconds since 1970 UTC when it was noticed. */
  readonly at: number;
  /** Operations that the server had acknowledged and no longer had. */
  readonly lost: number;
  /** This device has sent again what was still missing. */
  readonly done: boolean;
}

const shape = v.object({ at: v.number(), lost: v.number(), done: v.boolean() });

export function readLastHealing(facts: Facts): Healing | null {
  return readJsonFact(facts, 'last-healing', shape);
}

/** What the server lost is still being sent to it. */
export function isHealing(facts: Facts): boolean {
  return readLastHealing(facts)?.done === false;
}

/** One that begins while another has not ended goes on with it. */
export function beginHealing(facts: Facts, at: number, lost: number): void {
  const last = readLastHealing(facts);
  const before = last === null || last.done ? 0 : last.lost;
  write(facts, { at, lost: Math.max(lost, before), done: false });
}

/** The one that this ends; `null` where none was begun. */
export function endHealing(facts: Facts): Healing | null {
  const last = readLastHealing(facts);
  if (last === null || last.done) return null;
  const ended = { ...last, done: true };
  write(facts, ended);
  return ended;
}

function write(facts: Facts, healing: Healing): void {
  facts.write('last-healing', JSON.stringify(healing));
}
