/** One line of the table: a figure, and what the machine could do at best with the same bytes in the same run. */
export interface Row {
  readonly name: string;
  readonly figure: number;
  /** `null` where there is nothing to compare with. */
  readonly limit: number | null;
  /** Of the figure to its limit. */
  readonly ratio: number | null;
  readonly unit: 'ms' | 'MB/s' | 'MiB' | 'bytes' | 'µs' | 'op/s' | 'times';
  /** What the figure should reach, in words, and whether it did; `null` where nothing is asked. */
  readonly goal: { readonly text: string; readonly reached: boolean } | null;
}

/** A figure, and its limit as measured beside it. */
export interface Pair {
  readonly figure: number;
  readonly limit: number;
}

/** Milliseconds that the work took, with its result. */
export async function timed<Result>(
  work: () => Promise<Result> | Result,
): Promise<{ ms: number; result: Result }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/**
 * The medians of the figures, of the limits and of the ratios of each pair: only what was measured together compares.
 * (docs/decisions/0060)
 */
export function summarize(pairs: readonly Pair[]): Pair & { readonly ratio: number } {
  return {
    figure: median(pairs.map(({ figure }) => figure)),
    limit: median(pairs.map(({ limit }) => limit)),
    ratio: median(pairs.map(({ figure, limit }) => figure / limit)),
  };
}

/** Durations in milliseconds against their limits: at most `ratioMax` times as long. */
export function durationRow(name: string, pairs: readonly Pair[], ratioMax: number | null = null): Row {
  const summary = summarize(pairs);
  const goal =
    ratioMax === null
      ? null
      : { text: `≤ ${ratioMax.toFixed(1)} × limit`, reached: summary.ratio <= ratioMax };
  return { name, ...summary, unit: 'ms', goal };
}

/** A figure that has no limit. */
export function plainRow(name: string, figure: number, unit: Row['unit'], goal: Row['goal'] = null): Row {
  return { name, figure, limit: null, ratio: null, unit, goal };
}

/** How often something is done: so often and no more. */
export function countRow(name: string, figure: number, expected: number): Row {
  return plainRow(name, figure, 'times', { text: `= ${expected}`, reached: figure === expected });
}
