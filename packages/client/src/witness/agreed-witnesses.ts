import * as v from 'valibot';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';
import type { ReceivedWitness } from './judge-witness.ts';

/** Of each device the witness that was compared last and agreed: to compare it again takes a page of hashes. */
const shape = v.record(v.string(), v.string());

export function agreesAsBefore(facts: Facts, { device, witness }: ReceivedWitness): boolean {
  return read(facts)[device] === JSON.stringify(witness);
}

export function keepAgreed(facts: Facts, agreed: readonly ReceivedWitness[]): void {
  if (agreed.length === 0) return;
  const kept = { ...read(facts) };
  for (const { device, witness } of agreed) kept[device] = JSON.stringify(witness);
  facts.write('witnesses-agreed', JSON.stringify(kept), 'soon');
}

/** What this device follows is another log, or another part of it, from now on. */
export function forgetAgreed(facts: Facts): void {
  if ((facts.read('witnesses-agreed') ?? '') !== '') facts.write('witnesses-agreed', '');
}

function read(facts: Facts): Readonly<Record<string, string>> {
  return readJsonFact(facts, 'witnesses-agreed', shape) ?? {};
}
