/** Bytes that arrive one after another, for one reader. */
export interface BytePipe {
  push(piece: Uint8Array): void;
  end(): void;
  fail(error: Error): void;
  /** Ends early where the loop is left, and says so. */
  read(onLeave: () => void): AsyncGenerator<Uint8Array>;
}

export function createBytePipe(): BytePipe {
  const pieces: Uint8Array[] = [];
  let ended = false;
  let failure: Error | null = null;
  let wake: () => void = () => undefined;
  return {
    push: (piece) => {
      pieces.push(piece);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    fail: (error) => {
      failure ??= error;
      wake();
    },
    read: async function* read(onLeave) {
      try {
        for (;;) {
          const piece = pieces.shift();
          if (piece !== undefined) yield piece;
          else if (failure !== null) throw failure;
          else if (ended) return;
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        onLeave();
      }
    },
  };
}
