import { isUuid, type LogId, type Witness } from '@dataans/core';
import * as v from 'valibot';
import { readJsonFact } from '../store/json-fact.ts';
import type { Store } from '../store/store.ts';
import { allowSendingAgain } from './sent-again.ts';
import { createKeptFindings, findingSources } from '../findings/kept-findings.ts';

/** What a person has seen and cannot mend: it is told no more. */
interface Acknowledged {
  /** Entries of this log, up to this one. */
  readonly log: LogId | null;
  readonly seq: number;
  /** Numbers of devices, up to these. */
  readonly highestByDevice: Readonly<Record<string, number>>;
  /** Of devices, what they had last said that they had seen. */
  readonly witnesses?: Readonly<Record<string, string>>;
}

const shape = v.object({
  log: v.nullable(v.custom<LogId>(isUuid)),
  seq: v.number(),
  highestByDevice: v.record(v.string(), v.number()),
  witnesses: v.exactOptional(v.record(v.string(), v.string())),
});

const nothing: Acknowledged = { log: null, seq: 0, highestByDevice: {} };

/** All that is wrong now is told no more; what is found later is. // VFY-13 */
export function acknowledgeFindings({
  log,
  facts,
  entities,
}: Pick<Store, 'log' | 'facts' | 'entities'>): void {
  const kept = createKeptFindings(facts);
  if (kept.list().findings.some(({ kind }) => kind === 'lost-again')) allowSendingAgain(facts);
  for (const source of findingSources) kept.replace(source, []);
  const cursor = log.cursor();
  const acknowledged: Acknowledged = {
    log: cursor?.log ?? null,
    seq: cursor?.seq ?? 0,
    highestByDevice: Object.fromEntries(
      log.holes().map(({ device, runs, highest }) => [device, runs.at(-1)?.last ?? highest]),
    ),
    witnesses: Object.fromEntries(
      entities
        .devices()
        .flatMap(({ id, value }) =>
          value.witness === undefined ? [] : [[id, JSON.stringify(value.witness)]],
        ),
    ),
  };
  facts.write('acknowledged', JSON.stringify(acknowledged));
}

/** The last entry that was acknowledged; 0 where none of the followed log was. */
export function acknowledgedEntry({ log, facts }: Pick<Store, 'log' | 'facts'>): number {
  const { log: which, seq } = read(facts);
  return which === log.cursor()?.log ? seq : 0;
}

/** The last number of the device whose absence was acknowledged. */
export function acknowledgedNumbers({ facts }: Pick<Store, 'facts'>): (device: string) => number {
  const { highestByDevice } = read(facts);
  return (device) => highestByDevice[device] ?? 0;
}

/** Whether somebody has acknowledged what follows from this witness. */
export function acknowledgedWitness({
  facts,
}: Pick<Store, 'facts'>): (device: string, witness: Witness) => boolean {
  const { witnesses = {} } = read(facts);
  return (device, witness) => witnesses[device] === JSON.stringify(witness);
}

function read(facts: Store['facts']): Acknowledged {
  return readJsonFact(facts, 'acknowledged', shape) ?? nothing;
}
