import type { Output } from './output.ts';
import type { Progress } from './progress.ts';

/** How a command that works for a while tells of it. */
export interface Reporting {
  readonly output: Output;
  readonly progress: Progress;
  readonly asJson: boolean;
}
