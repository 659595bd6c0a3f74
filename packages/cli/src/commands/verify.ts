import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findingsToExitCode } from '../output/findings.ts';
import { printResult } from '../output/print.ts';
import { alignColumns } from '../output/table.ts';
import { describeVerifyProgress, verifyReportRows, verifyReportToJson } from '../output/verify-report.ts';

export interface VerifyCommandOptions {
  readonly deep?: boolean;
  readonly fromStart?: boolean;
}

/** Compares everything on the server with what is here. // VFY-7 */
export async function verify(context: Context, options: VerifyCommandOptions): Promise<ExitCode> {
  const { terminal, interrupt } = context;
  const home = await context.home();
  const report = await home.sync.verify({
    ...options,
    signal: interrupt,
    onProgress: (progress) => terminal.progress.show(describeVerifyProgress(progress)),
  });
  await printResult(context, {
    json: () => verifyReportToJson(report),
    text: () => alignColumns(verifyReportRows(report, context.call), null).join('\n'),
  });
  return findingsToExitCode(report.found.count);
}
