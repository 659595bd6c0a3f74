/** Puts entries of the log that lie one after another on both sides into one run. */
export interface RunRecorder {
  record(seq: number, place: number): void;
  end(): void;
}

export function createRunRecorder(
  save: (seq: number, place: number, operations: number) => void,
): RunRecorder {
  let run = { seq: 0, place: 0, operations: 0 };
  const end = (): void => {
    if (run.operations > 0) save(run.seq, run.place, run.operations);
    run = { seq: 0, place: 0, operations: 0 };
  };
  return {
    record: (seq, place) => {
      const continues = seq === run.seq + run.operations && place === run.place + run.operations;
      if (continues && run.operations > 0) run.operations += 1;
      else {
        end();
        run = { seq, place, operations: 1 };
      }
    },
    end,
  };
}
