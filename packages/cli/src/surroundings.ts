import type { Readable, Writable } from 'node:stream';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface InputStream extends Readable {
  readonly isTTY?: boolean | undefined;
}

export interface OutputStream extends Writable {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Everything that the program takes from the machine it runs on. Only `main.ts` reads the real one. */
export interface Surroundings {
  /** What was typed after `dataans`. */
  readonly args: readonly string[];
  /** The same as bytes; `null` where the system does not tell them. Read only if they matter. */
  readonly typedArguments: () => readonly Uint8Array[] | null;
  readonly environment: Environment;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly hostname: string;
  /** Aborted by Ctrl-C and by a request to end. */
  readonly interrupt: AbortSignal;
  /** Runs work that Ctrl-C belongs to: an editor, say. */
  readonly withoutInterrupt: <Result>(work: () => Promise<Result>) => Promise<Result>;
}
