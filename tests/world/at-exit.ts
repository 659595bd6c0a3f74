/** A test that hangs is ended by a signal: what it made still goes. */
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

/** Runs when this process ends, however that is but by SIGKILL; the last one first. */
export function atExit(cleanUp: () => void): void {
  process.prependListener('exit', cleanUp);
}
