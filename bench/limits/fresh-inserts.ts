import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { batchSizes, makeBareOperations } from './bare-operations.ts';
import { measureBareInserts } from './bare-inserts.ts';

/** The bare inserts in a process that has done nothing before, as the server that they are compared with. */
export function measureFreshInserts(folder: string, count: number, envelopeBytes: number): number {
  const script = fileURLToPath(import.meta.url);
  return Number(
    execFileSync(process.execPath, [script, folder, String(count), String(envelopeBytes)], {
      encoding: 'utf8',
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder = '', count, envelopeBytes] = process.argv;
  const operations = makeBareOperations(Number(count), Number(envelopeBytes), 0);
  console.log(measureBareInserts(folder, operations, batchSizes));
}
