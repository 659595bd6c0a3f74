/** Where a command prints. */
export interface Output {
  /** What was asked for: data, and nothing else. Throws `OutputLostError` if not all of it could be written. */
  stdout(text: string): void;
  /** Anything said to the person at the terminal. What cannot be written is lost: nobody is there to be told. */
  stderr(text: string): void;
}

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns as wide as their widest cell. */
export function formatTable({ header, rows }: Table): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd() + '\n',
    )
    .join('');
}

/** `1 chunk`, `7599 chunks`. */
export function formatCount(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/** One JSON document. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, null, 2) + '\n';
}
