import { startChildProgram } from './child-program.ts';

/** A server in a process of its own, that prints its address on its first line. */
export interface ChildServer {
  readonly address: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startChildServer(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ChildServer> {
  const { firstLine, pid, stop } = await startChildProgram(script, args, env);
  return { address: firstLine, pid, stop };
}
