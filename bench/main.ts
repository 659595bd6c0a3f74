import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Row } from './measure.ts';
import { measureApp } from './rows/app.ts';
import { measureBigFile } from './rows/big-file.ts';
import { measureBrowserHome } from './rows/browser-home.ts';
import { measureColdStart } from './rows/cold-start.ts';
import { measureCommandDelivery } from './rows/command-delivery.ts';
import { measureEngines } from './rows/engines.ts';
import { measureGrowth } from './rows/growth.ts';
import { measureHomeCalls } from './rows/home-calls.ts';
import { measureImport } from './rows/import.ts';
import { measureLiveDelivery } from './rows/live-delivery.ts';
import { measureManyRevisions } from './rows/many-revisions.ts';
import { measureOperations, type LogSize } from './rows/operations.ts';
import { measureRootKey } from './rows/root-key.ts';
import { measureTokenCheck } from './rows/token-check.ts';
import { measureWindows } from './rows/windows.ts';
import { formatTable } from './table.ts';
import { shareManyNotes } from './world/many-notes.ts';

const help = `Usage: npm run bench -- [--quick] [--only NAME]

Prints every figure beside its limit, measured in the same run, and writes bench/results.json.

  --quick      smaller logs and files: two minutes instead of ten
  --only NAME  one of: root-key, token-check, cold-start, import, operations, live, windows, home, revisions,
               browser, app, file, engines`;

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean' } },
});

const quick = values.quick === true;
const MiB = 2 ** 20;

/** The smaller a log, the more what else runs matters, so the more often it is made. */
const quickLogs: readonly LogSize[] = [
  [1_000, 9],
  [10_000, 3],
];
const logs: readonly LogSize[] = [
  [1_000, 41],
  [10_000, 17],
  [100_000, 3],
];

const manyNotes = shareManyNotes(quick ? 5_000 : 50_000);

const measurements: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  'root-key': measureRootKey,
  'token-check': measureTokenCheck,
  'cold-start': measureColdStart,
  import: measureImport,
  operations: async () => [
    ...(await measureOperations(quick ? quickLogs : logs)),
    ...(await measureGrowth(1_000, quick ? 10_000 : 100_000)),
  ],
  live: async () => [
    ...(await measureLiveDelivery(quick ? 50 : 300)),
    ...(await measureCommandDelivery(quick ? 5 : 10)),
  ],
  windows: async () => measureWindows(await manyNotes.use()),
  home: async () => measureHomeCalls(await manyNotes.use()),
  revisions: () => measureManyRevisions(quick ? 400 : 4_000),
  browser: async () => measureBrowserHome(await manyNotes.use()),
  app: async () => measureApp(await manyNotes.use()),
  engines: () => (quick ? measureEngines(15, 2_000) : measureEngines(100, 8_000)),
  file: () => (quick ? measureBigFile(64 * MiB, 1) : measureBigFile(1_024 * MiB, 3)),
};

if (values.help === true) {
  console.log(help);
} else if (values.only !== undefined && !(values.only in measurements)) {
  console.error(`There is no measurement called ${values.only}.\n\n${help}`);
  process.exitCode = 2;
} else {
  const rows: Row[] = [];
  try {
    for (const [name, measure] of Object.entries(measurements)) {
      if (values.only !== undefined && values.only !== name) continue;
      process.stderr.write(`measuring ${name} …\n`);
      rows.push(...(await measure()));
    }
  } finally {
    manyNotes.remove();
  }
  console.log(formatTable(rows));
  const results = fileURLToPath(new URL('results.json', import.meta.url));
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: availableParallelism() };
  writeFileSync(
    results,
    `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, rows }, null, 2)}\n`,
  );
}
