import type { Finding } from './finding.ts';

/** Findings in words, and how many there are. */
export interface FindingList {
  /** The first of them. */
  readonly findings: readonly Finding[];
  readonly count: number;
}

/** Most findings of one sort that are told in words: a server can make any number of them. */
export const findingsToldMax = 100;

export const noFindings: FindingList = { findings: [], count: 0 };

export function extendList(list: FindingList, findings: readonly Finding[]): FindingList {
  return {
    findings: [...list.findings, ...findings].slice(0, findingsToldMax),
    count: list.count + findings.length,
  };
}

/** Each list stays as long as it is: there are a few of them. */
export function joinLists(lists: readonly FindingList[]): FindingList {
  return {
    findings: lists.flatMap(({ findings }) => findings),
    count: lists.reduce((sum, { count }) => sum + count, 0),
  };
}
