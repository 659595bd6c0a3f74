import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { openContext } from './context.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { callOf } from './output/call-of.ts';
import { describeFailure, type Failure } from './output/failure.ts';
import { nameHome } from './output/name-home.ts';
import { printableJson, printableLine } from './output/printable.ts';
import type { Act } from './program/act.ts';
import { createProgram } from './program/program.ts';
import { refuseBrokenArguments } from './program/refuse-broken-arguments.ts';
import type { Surroundings } from './surroundings.ts';
import { createTerminal, type Terminal } from './terminal/terminal.ts';

/** How long interrupted work may take to stop by itself. What it has written is whole at any moment. */
const stopMs = 1_000;

/** Runs one command and says how it ended: nothing that goes wrong leaves this function as an exception. */
export async function run(surroundings: Surroundings): Promise<ExitCode> {
  const terminal = createTerminal(surroundings);
  const fail = (error: unknown): ExitCode => {
    const failure = describeFailure(error);
    showFailure(failure, error, surroundings, terminal);
    return failure.exitCode;
  };
  const exitCode = await runCommand(surroundings, terminal).catch((error: unknown) =>
    error instanceof CommanderError ? helpExitCode(error) : fail(error),
  );
  const fault = await terminal.end();
  if (fault === null) return exitCode;
  const faultCode = fail(fault);
  return exitCode === exitCodes.done ? faultCode : exitCode; // CLI-10
}

async function runCommand(surroundings: Surroundings, terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  const act: Act = async (options, work) => {
    const context = openContext(options, surroundings, terminal);
    try {
      exitCode = await untilInterrupted(work(context), surroundings.interrupt);
    } finally {
      terminal.progress.clear();
      await context.close();
    }
  };
  refuseBrokenArguments(surroundings.args, surroundings.typedArguments);
  await createProgram(act, terminal).parseAsync(surroundings.args, { from: 'user' });
  return exitCode;
}

/** Help that was asked for is a success; help that is shown because no command was named is not. */
function helpExitCode(error: CommanderError): ExitCode {
  return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
}

/** The work's own end, or an interruption when it does not stop by itself in time. */
async function untilInterrupted(work: Promise<ExitCode>, interrupt: AbortSignal): Promise<ExitCode> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    timer = setTimeout(() => reject(new DOMException('Interrupted.', 'AbortError')), stopMs);
  };
  interrupt.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
    interrupt.removeEventListener('abort', stop);
  }
}

function showFailure(
  failure: Failure,
  error: unknown,
  { args, environment }: Surroundings,
  terminal: Terminal,
): void {
  const { code, message } = failure;
  const end = args.indexOf('--');
  const options = args.slice(0, end < 0 ? args.length : end);
  const advice = nameHome(failure.advice, callOf(givenHome(options)));
  if (options.includes('--json')) {
    terminal.say(printableJson({ error: { code, message, advice } }));
  } else if (code !== 'interrupted') {
    const sentence = printableLine(message); // What it names cannot begin a line of its own.
    terminal.say(advice === '' ? sentence : `${sentence}\n${advice}`);
  }
  if (environment['DATAANS_DEBUG'] === '1') terminal.say(inspect(error));
}

/** What `--home` said, also of a command line that was not understood. */
function givenHome(options: readonly string[]): string | undefined {
  const index = options.findIndex((option) => option === '--home' || option.startsWith('--home='));
  const option = options[index];
  return option === '--home' ? options[index + 1] : option?.slice('--home='.length);
}
