import { PassThrough, type Writable } from 'node:stream';
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
  /** Somebody sits at a terminal. */
  readonly isTerminal?: boolean;
  /** What they type when they are asked, in the order of the questions. */
  readonly answers?: readonly (readonly [question: string, answer: string])[];
  /** Where data goes; nothing of it is captured then. */
  readonly stdout?: Writable;
  readonly interrupt?: AbortSignal;
}

/** Runs the program in this process, with nothing of this machine's environment. */
export async function runCaptured(args: readonly string[], options: CapturedOptions = {}): Promise<Captured> {
  const isTTY = options.isTerminal === true;
  const stdin = Object.assign(new PassThrough(), { isTTY });
  if (options.answers === undefined) stdin.end(options.input ?? '');
  const stdout = capture(isTTY);
  const stderr = capture(isTTY);
  if (options.answers !== undefined) answerQuestions(stderr.stream, stdin, options.answers);
  const exitCode = await run({
    args,
    typedArguments: () => null,
    environment: options.environment ?? {},
    stdin,
    stdout: options.stdout ?? stdout.stream,
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
  stream.end = () => stream; // Like the process's own streams, which nothing ends.
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  return { stream, text: () => Buffer.concat(pieces).toString() };
}

/** Types each answer once its question is there. */
function answerQuestions(
  asked: PassThrough,
  typed: PassThrough,
  answers: readonly (readonly [question: string, answer: string])[],
): void {
  const left = [...answers];
  let text = '';
  asked.on('data', (piece: Buffer) => {
    text += piece.toString();
    const [next] = left;
    if (next === undefined || !text.includes(next[0])) return;
    left.shift();
    text = '';
    setImmediate(() => typed.write(`${next[1]}\r`));
  });
}
