/** What was found damaged: the first ones in words, all of them counted. */
export interface Findings {
  readonly count: number;
  readonly first: readonly string[];
}

/** More than this nobody reads, and memory must stay bounded. */
const listedMax = 1_000;

export interface FindingsCollector {
  add(finding: string): void;
  read(): Findings;
}

export function createFindings(): FindingsCollector {
  const first: string[] = [];
  let count = 0;
  return {
    add: (finding) => {
      count += 1;
      if (count <= listedMax) first.push(finding);
    },
    read: () => ({ count, first }),
  };
}
