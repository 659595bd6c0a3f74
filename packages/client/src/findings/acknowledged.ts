import { isUuid, type LogId } from '@dataans/core';
import * as v from 'valibot';
import { readJsonFact } from '../store/json-fact.ts';
import type { Store } from '../store/store.ts';
import { createKeptFindings, findingSources } from './kept-findings.ts';

/** What a person has seen and cannot mend: it is told no more. */
interface Acknowledged {
  /** Entries of this log, up to this one. */
  readonly log: LogId | null;
  readonly seq: number;
  /** Numbers of devices, up to these. */
  readonly highestByDevice: Readonly<Record<string, number>>;
}

const shape = v.object({
  log: v.nullable(v.custom<LogId>(isUuid)),
  seq: v.number(),
  highestByDevice: v.record(v.string(), v.number()),
});

const nothing: Acknowledged = { log: null, seq: 0, highestByDevice: {} };

/** All that is wrong now is told no more; what is found later is. // VFY-13 */
export function acknowledgeFindings({ log, facts }: Pick<Store, 'log' | 'facts'>): void {
  const kept = createKeptFindings(facts);
  for (const source of findingSources) kept.replace(source, []);
  const cursor = log.cursor();
  const acknowledged: Acknowledged = {
    log: cursor?.log ?? null,
    seq: cursor?.seq ?? 0,
    highestByDevice: Object.fromEntries(
      log.holes().map(({ device, runs, highest }) => [device, runs.at(-1)?.last ?? highest]),
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

function read(facts: Store['facts']): Acknowledged {
  return readJsonFact(facts, 'acknowledged', shape) ?? nothing;
}
