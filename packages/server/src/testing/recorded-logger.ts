import type { Logger, WriteLine } from '../logging/logger.ts';

type Level = keyof Logger;

export interface RecordedLine {
  readonly level: Level;
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface RecordedLogger extends Logger {
  readonly lines: readonly RecordedLine[];
}

/** Keeps what is logged. */
export function createRecordedLogger(): RecordedLogger {
  const lines: RecordedLine[] = [];
  const at =
    (level: Level): WriteLine =>
    (fields, message) =>
      void lines.push({ ...fields, level, message });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
