/** Turns of the platform, so that what runs for long lets everything else run in between. */
export interface Turns {
  /** Resolves when others had their turn: `setTimeout` of nothing, or when the platform is idle. */
  readonly pause: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes steps one after another until one gives something, with a pause before each but the first.
 *
 * @throws the reason of the signal, when it is aborted
 */
export async function takeSteps<Result>(
  step: () => Result | null,
  { pause, signal }: Turns,
): Promise<Result> {
  signal?.throwIfAborted();
  for (let result = step(); ; result = step()) {
    if (result !== null) return result;
    await pause();
    signal?.throwIfAborted();
  }
}
