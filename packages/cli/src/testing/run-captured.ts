import { PassThrough } from 'node:stream';
import type { ExitCode } from '../exit-codes.ts';
import { run } from '../run.ts';
import type { Environment } from '../surroundings.ts';

export interface Captured {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CapturedOptions {
  readonly environment?: Environment;
  /** What is piped in. */
  readonly input?: string | Uint8Array;
  readonly interrupt?: AbortSignal;
  readonly nowMs?: number;
}

/** Runs the program in this process with pipes around it, and nothing of this machine's environment. */
export async function runCaptured(args: readonly string[], options: CapturedOptions = {}): Promise<Captured> {
  const stdin = new PassThrough();
  stdin.end(options.input ?? '');
  const stdout = capture();
  const stderr = capture();
  const exitCode = await run({
    args,
    environment: options.environment ?? {},
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    now: () => options.nowMs ?? Date.now(),
    hostname: 'test-device',
    interrupt: options.interrupt ?? new AbortController().signal,
    withoutInterrupt: (work) => work(),
  });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function capture() {
  const stream = new PassThrough();
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  return { stream, text: () => Buffer.concat(pieces).toString() };
}
