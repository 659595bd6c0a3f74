import * as v from 'valibot';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';
import type { Finding, FindingKind } from './finding.ts';
import { extendList, findingsToldMax, joinLists, noFindings, type FindingList } from './finding-list.ts';

/** Who found something, and so what settles it: the next time that the same work comes to its end without. */
export const findingSources = [
  /** Sending and receiving operations. */
  'exchange',
  /** Sending contents of files. */
  'send',
  /** Fetching contents of files. */
  'download',
  'account',
  /** Comparing what other devices have seen. */
  'witness',
  /** The account record was older than the kept one: nothing settles that but somebody who acknowledges it. */
  'account-rollback',
  /** Verifying the log. */
  'verify-log',
  /** Verifying chunks. */
  'verify-chunks',
] as const;
export type FindingSource = (typeof findingSources)[number];

/** Findings that outlive a process, until they are settled. // VFY-2 */
export interface KeptFindings {
  list(): FindingList;
  of(source: FindingSource): FindingList;
  /** Those of this source are these from now on. */
  replace(source: FindingSource, findings: readonly Finding[], count?: number): void;
  /** These are found beside what is known of the source; the same one twice is one. */
  add(source: FindingSource, findings: readonly Finding[]): void;
}

export const listShape = v.object({
  findings: v.array(
    v.object({
      // What is written here is a finding; an unknown kind is one of another version, and shown as it is.
      kind: v.custom<FindingKind>((value) => typeof value === 'string'),
      concerns: v.object({
        seq: v.exactOptional(v.number()),
        operation: v.exactOptional(v.string()),
        chunk: v.exactOptional(v.string()),
        file: v.exactOptional(v.string()),
        device: v.exactOptional(v.string()),
        deviceName: v.exactOptional(v.string()),
        missing: v.exactOptional(v.array(v.tuple([v.number(), v.number()]))),
      }),
      message: v.string(),
      advice: v.string(),
    }),
  ),
  count: v.number(),
});
const shape = v.record(v.string(), listShape);

export function createKeptFindings(facts: Facts): KeptFindings {
  const read = (): Readonly<Record<string, FindingList>> => readJsonFact(facts, 'findings', shape) ?? {};
  const of = (source: FindingSource): FindingList => read()[source] ?? noFindings;
  const replace: KeptFindings['replace'] = (source, findings, count = findings.length) => {
    if (count === 0 && of(source).count === 0) return; // A write costs a wait for the disk.
    facts.write(
      'findings',
      JSON.stringify({ ...read(), [source]: { findings: findings.slice(0, findingsToldMax), count } }),
    );
  };
  return {
    list: () => joinLists(Object.values(read())),
    of,
    replace,
    add: (source, findings) => {
      const known = of(source);
      const fresh = findings.filter(
        (finding) => !known.findings.some((other) => isSameFinding(finding, other)),
      );
      if (fresh.length === 0) return;
      const { findings: told, count } = extendList(known, fresh);
      replace(source, told, count);
    },
  };
}

function isSameFinding(one: Finding, other: Finding): boolean {
  return one.kind === other.kind && JSON.stringify(one.concerns) === JSON.stringify(other.concerns);
}
