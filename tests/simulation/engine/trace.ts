import { hash } from 'node:crypto';

/** What happened in a world, a line for each thing, with the moment. */
export interface Trace {
  note(who: string, what: string): void;
  lines(): readonly string[];
  /** Two runs of one seed have the same. */
  digest(): string;
}

export function createTrace(now: () => number, onLine: (line: string) => void = () => undefined): Trace {
  const lines: string[] = [];
  return {
    note: (who, what) => {
      const line = `${(now() / 1_000).toFixed(3).padStart(10)} ${who.padEnd(10)} ${what}`;
      lines.push(line);
      onLine(line);
    },
    lines: () => lines,
    digest: () => hash('sha256', lines.join('\n')).slice(0, 16),
  };
}
