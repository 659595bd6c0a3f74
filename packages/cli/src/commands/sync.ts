import { openTransferringHome, type Context } from '../context.ts';
import { errorCodeToExitCode, exitCodes, type ExitCode } from '../exit-codes.ts';
import { describeClockLeftAhead } from '../output/clock.ts';
import { findingsHint } from '../output/findings.ts';
import { printResult } from '../output/print.ts';
import { describeProgress } from '../output/sync-progress.ts';
import { describeSyncReport, syncReportToJson } from '../output/sync-report.ts';

/** Ends with the code of the first thing that could not be done although the rest went on. */
export async function sync(context: Context): Promise<ExitCode> {
  const { terminal, interrupt } = context;
  const home = await openTransferringHome(context);
  const report = await home.sync.run({
    signal: interrupt,
    onProgress: (progress) => terminal.progress.show(describeProgress(progress)),
  });
  const status = await home.sync.status();
  const { device } = await home.account.state();
  const { findingCount } = status;
  await printResult(context, {
    json: () => ({ ...syncReportToJson(report), findingCount }),
    text: () =>
      [
        ...describeSyncReport(report, context.call),
        ...describeClockLeftAhead(status, device, context.call),
        ...findingsHint(findingCount),
      ].join('\n'),
  });
  const [problem] = report.problems;
  return problem === undefined ? exitCodes.done : errorCodeToExitCode(problem.code);
}
