/** One line of the table: a figure, and what the machine could do at best with the same bytes in the same run. */
export interface Row {
  readonly name: string;
  readonly figure: number;
  /** `null` where there is nothing to compare with. */
  readonly limit: number | null;
  readonly unit: 'ms' | 'MB/s' | 'MiB' | 'bytes' | 'µs';
  /** What the figure should reach, in words, and whether it did; `null` where nothing is asked. */
  readonly goal: { readonly text: string; readonly reached: boolean } | null;
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

/** A duration in milliseconds against its limit: at most `ratioMax` times as long. */
export function durationRow(
  name: string,
  figure: number,
  limit: number | null,
  ratioMax: number | null,
): Row {
  const goal =
    limit === null || ratioMax === null
      ? null
      : { text: `≤ ${ratioMax.toFixed(1)} × limit`, reached: figure <= limit * ratioMax };
  return { name, figure, limit, unit: 'ms', goal };
}
