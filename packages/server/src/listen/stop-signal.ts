/** What stops a server: a person at the terminal, or whoever keeps it running. */
const stopSignals = ['SIGINT', 'SIGTERM'] as const;

/** Resolves with the first signal to stop; the one after that ends the process at once. */
export function waitForStopSignal(exitAtOnce: () => void): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let asked = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (asked) exitAtOnce();
    asked = true;
    resolve(signal);
  };
  for (const signal of stopSignals) process.on(signal, onSignal);
  return promise;
}
