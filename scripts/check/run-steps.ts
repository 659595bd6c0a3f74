/** One named part of the check. */
export interface Step {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
}

export interface StepOutcome {
  readonly ok: boolean;
  /** What the command printed, both streams in the order of arrival. */
  readonly output: string;
}

export interface RunStepsOptions {
  readonly atOnce: number;
  readonly run: (step: Step) => Promise<StepOutcome>;
  /** Milliseconds from any fixed point. */
  readonly now: () => number;
  readonly print: (text: string) => void;
}

/** Runs the steps, a few at once, prints a line for each and the output of those that failed; returns their names. */
export async function runSteps(steps: readonly Step[], options: RunStepsOptions): Promise<readonly string[]> {
  const waiting = [...steps];
  const failed: string[] = [];
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startedAtMs = options.now();
      const { ok, output } = await options.run(step);
      if (!ok) failed.push(step.name);
      options.print(stepLine(step.name, ok, options.now() - startedAtMs));
      if (!ok) options.print(indented(output));
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, worker));
  return failed;
}

function stepLine(name: string, ok: boolean, tookMs: number): string {
  return `${ok ? 'ok    ' : 'FAILED'} ${name} (${(tookMs / 1000).toFixed(1)} s)\n`;
}

function indented(output: string): string {
  return `${output.trimEnd().replaceAll(/^/gm, '       ')}\n`;
}
