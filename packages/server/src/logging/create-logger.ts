import type { Clock } from '../clock.ts';
import type { LineOutput } from './line-output.ts';
import type { Logger, WriteLine } from './logger.ts';

/** From all that is logged to nothing. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export const logFormats = ['json', 'text'] as const;
export type LogFormat = (typeof logFormats)[number];

type Fields = Readonly<Record<string, unknown>>;

/** One line, without the end of it. */
export type FormatLine = (level: keyof Logger, fields: Fields, message: string) => string;

const nothing: WriteLine = () => {};

/** Writes what is at least of a level. */
export function createLogger(output: LineOutput, format: FormatLine, least: LogLevel): Logger {
  const at = (level: keyof Logger): WriteLine =>
    logLevels.indexOf(level) < logLevels.indexOf(least)
      ? nothing
      : (fields, message) => output.write(format(level, fields, message));
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Lines for programs (`json`) or for people (`text`). */
export function createLineFormat(format: LogFormat, clock: Pick<Clock, 'now'>): FormatLine {
  const write = format === 'json' ? jsonLine : textLine;
  return (level, fields, message) => write(new Date(clock.now()).toISOString(), level, fields, message);
}

function jsonLine(time: string, level: string, fields: Fields, message: string): string {
  return JSON.stringify({ level, time, ...fields, msg: message });
}

function textLine(time: string, level: string, fields: Fields, message: string): string {
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${time} ${level.padEnd(5)} ${message}${pairs.join('')}`;
}
