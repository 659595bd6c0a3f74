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
  /** Somebody sits at a terminal; what is piped in is what they type. */
  readonly isTerminal?: boolean;
  readonly interrupt?: AbortSignal;
}

/** Runs the program in this process, with nothing of this machine's environment. */
export async function runCaptured(args: readonly string[], options: CapturedOptions = {}): Promise<Captured> {
  const isTTY = options.isTerminal === true;
  const stdin = Object.assign(new PassThrough(), { isTTY });
  stdin.end(options.input ?? '');
  const stdout = capture(isTTY);
  const stderr = capture(isTTY);
  const exitCode = await run({
    args,
    environment: options.environment ?? {},
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    now: Date.now,
    hostname: 'test-device',
    interrupt: options.interrupt ?? new AbortController().signal,
    withoutInterrupt: (work) => work(),
  });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function capture(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  return { stream, text: () => Buffer.concat(pieces).toString() };
}
