import type { Output } from '../commands/output.ts';

export interface RecordedOutput extends Output {
  readonly printed: { stdout: string; stderr: string };
}

/** Keeps what a command prints. */
export function createRecordedOutput(): RecordedOutput {
  const printed = { stdout: '', stderr: '' };
  return {
    printed,
    stdout: (text) => void (printed.stdout += text),
    stderr: (text) => void (printed.stderr += text),
  };
}
