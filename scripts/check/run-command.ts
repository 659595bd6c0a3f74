import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import type { Step, StepOutcome } from './run-steps.ts';

/** How long a step may take before it counts as hung; the slowest takes a small part of it. */
const stepTimeoutMs = 8 * 60_000;

/** Environment in which `node` and the tools are those of the repository, whatever the machine has. */
export function repositoryEnvironment(root: string): NodeJS.ProcessEnv {
  const path = [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH: path };
}

/** Runs a step's command in the root folder, without input, and collects what it prints. */
export function runCommand(root: string, { command: [program, ...args] }: Step): Promise<StepOutcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: repositoryEnvironment(root),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: stepTimeoutMs,
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code, signal) => {
      if (signal !== null) chunks.push(Buffer.from(`\nended by ${signal}`));
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
