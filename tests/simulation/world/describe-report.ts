import type { SyncReport } from '../../../packages/client/src/sync/sync-engine.ts';

/** What a sync did, on a line. */
export function describeReport(report: SyncReport): string {
  const { problems, healed, clockLeadMs, massDeletion, ...counts } = report;
  const texts = Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${name} ${count}`);
  if (healed !== null) texts.push(`healed ${healed.lost}`);
  if (massDeletion !== null) texts.push('mass deletion');
  if (clockLeadMs !== null) texts.push('clock leads');
  for (const problem of problems) texts.push(`problem: ${problem.message}`);
  return `synced: ${texts.join(', ')}`;
}
