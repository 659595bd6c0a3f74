import { fileURLToPath } from 'node:url';
import type { LogId } from '@dataans/core';
import type { Row } from '../measure.ts';
import { startChildProgram } from '../world/child-program.ts';
import { makeLog, type PostgresUnderTest } from '../world/postgres-under-test.ts';

const script = fileURLToPath(new URL('../world/append-batches.ts', import.meta.url));
const processes = 4;
const ratioMinOnFour = 2;
const ratioMinOnOne = 0.5;

/** A process has to be there before all of them begin. */
const startMs = 4_000;

/** Processes that append batches at once: to a log each, and all to the same, beside one process alone. */
export async function measureProcesses(
  server: PostgresUnderTest,
  durationMs: number,
): Promise<readonly Row[]> {
  const postgres = await server.open();
  const newLogs = (count: number) => Promise.all(Array.from({ length: count }, () => makeLog(postgres)));
  const measure = async (logs: readonly LogId[]): Promise<number> => {
    const begin = String(Date.now() + startMs);
    const running = await Promise.all(
      logs.map((log) =>
        startChildProgram(script, [server.address, log, begin, String(durationMs)], process.env),
      ),
    );
    const operations = running.reduce((sum, { firstLine }) => sum + Number(firstLine), 0);
    for (const program of running) await program.stop();
    return operations / (durationMs / 1_000);
  };
  const alone = await measure(await newLogs(1));
  const onFour = await measure(await newLogs(processes));
  const [shared] = await newLogs(1);
  const onOne = shared === undefined ? 0 : await measure(Array.from({ length: processes }, () => shared));
  return [
    rateRow('PostgreSQL: four processes on four logs, beside one', onFour, alone, ratioMinOnFour),
    rateRow('PostgreSQL: four processes on one log, beside one', onOne, alone, ratioMinOnOne),
  ];
}

function rateRow(name: string, figure: number, limit: number, ratioMin: number): Row {
  const ratio = figure / limit;
  const goal = { text: `≥ ${ratioMin.toFixed(1)} × limit`, reached: ratio >= ratioMin };
  return { name, figure, limit, ratio, unit: 'op/s', goal };
}
