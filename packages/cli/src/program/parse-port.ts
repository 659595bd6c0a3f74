import { UsageError } from '../usage-error.ts';

const portMax = 65_535;

/** A port as the value of `--port`; 0 takes any free one. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= portMax) return port;
  throw new UsageError(`--port needs a number from 0 to ${portMax}. “${text}” isn't one.`);
}
