import { parseServerAddress } from '@dataans/client';
import {
  createNodeTransport,
  examineServer,
  readHeldAccess,
  readHomeProfile,
  type WayFinding,
} from '@dataans/client/node';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printResult } from '../output/print.ts';
import { alignColumns } from '../output/table.ts';
import { UsageError } from '../usage-error.ts';

/** Looks at the way to a server, and says what blocks it. // CLI-16 */
export async function examine(context: Context, url: string | undefined): Promise<ExitCode> {
  const { environment, now } = context;
  const directory = await context.directory();
  const address = url === undefined ? serverOfHome(directory) : parseServerAddress(url);
  const access = readHeldAccess(directory, address)();
  const findings = await examineServer({
    address,
    transport: createNodeTransport(environment),
    access,
    now,
    deadline: (ms) => AbortSignal.timeout(ms),
  });
  await printResult(context, {
    json: () => ({ server: address, ok: !findings.some(isProblem), findings }),
    text: () => alignColumns(findings.flatMap(rowsOf), null).join('\n'),
  });
  return exitCodeOf(findings);
}

function serverOfHome(directory: string): string {
  const profile = readHomeProfile(directory);
  if (profile !== null) return profile.server;
  throw new UsageError('Name the server, since this device is signed in to none: dataans doctor URL');
}

function isProblem({ state }: WayFinding): boolean {
  return state === 'problem';
}

function rowsOf({ state, about, sentence, advice }: WayFinding): readonly (readonly string[])[] {
  return [[state, about, sentence], ...(advice === null ? [] : [['', '', advice]])];
}

function exitCodeOf(findings: readonly WayFinding[]): ExitCode {
  const first = findings.find(isProblem);
  if (first === undefined) return exitCodes.done;
  if (findings.length === 1) return exitCodes.serverUnreachable;
  return first.about === 'login' ? exitCodes.notSignedIn : exitCodes.failed;
}
