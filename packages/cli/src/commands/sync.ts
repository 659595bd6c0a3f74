import type { Context } from '../context.ts';
import { errorCodeToExitCode, exitCodes, type ExitCode } from '../exit-codes.ts';
import { printResult } from '../output/print.ts';
import { describeProgress } from '../output/sync-progress.ts';
import { describeSyncReport, syncReportToJson } from '../output/sync-report.ts';

/** Ends with the code of the first thing that could not be done although the rest went on. */
export async function sync(context: Context): Promise<ExitCode> {
  const { terminal, interrupt } = context;
  const engine = await (await context.home()).engine();
  const report = await engine.sync({
    signal: interrupt,
    onProgress: (progress) => terminal.progress.show(describeProgress(progress)),
  });
  await printResult(context, {
    json: () => syncReportToJson(report),
    text: () => describeSyncReport(report).join('\n'),
  });
  const [problem] = report.problems;
  return problem === undefined ? exitCodes.done : errorCodeToExitCode(problem.code);
}
