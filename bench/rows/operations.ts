import { limits } from '@dataans/core';
import {
  batchSizes,
  inBatches,
  makeBareOperations,
  pageSizes,
  type BatchSizes,
} from '../limits/bare-operations.ts';
import { startBareHttp } from '../limits/bare-http.ts';
import { measureBareInserts } from '../limits/bare-inserts.ts';
import { measureFreshInserts } from '../limits/fresh-inserts.ts';
import { measureBareSealing } from '../limits/bare-sealing.ts';
import { durationRow, median, plainRow, timed, type Pair, type Row } from '../measure.ts';
import { startCountingProxy, type CountingProxy } from '../world/counting-proxy.ts';
import { openDevice, signInAgain } from '../world/device.ts';
import { expectCount, timeOneMore, type TwoDevices } from '../world/one-more.ts';
import { readMemory } from '../world/process-memory.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { withTemporaryFolder } from '../world/temporary-folder.ts';
import { averageEnvelopeBytes, makeText, writeNotes } from '../world/write-notes.ts';

const ratioMax = 2;
const wireBytesMax = 2 * 1_024;
const oneMoreSamples = 15;
/** Operations that come with the notes: of the device and of the space. */
const beside = 2;
const serverMiBMax = 200;
const memoryGrowthMax = 1.1;
/** A server that took in fewer has not grown to its usual size yet. */
const usualCount = 10_000;

/** How many operations a log has, and in how many worlds it is made. */
export type LogSize = readonly [count: number, worlds: number];

/**
 * What logs of several sizes cost, the smallest first: to write, to send for the first time, to fetch for
 * the first time, and one more. Medians over several worlds, each with bare loops of its own.
 */
export async function measureOperations(sizes: readonly LogSize[]): Promise<readonly Row[]> {
  const logs: MeasuredLog[] = [];
  for (const [count, worlds] of sizes) {
    const runs: Run[] = [];
    for (let world = 0; world < worlds; world += 1)
      runs.push(await withTemporaryFolder((folder) => runWorld(folder, count)));
    logs.push({ count, runs });
  }
  return [...logs.flatMap(logRows), ...memoryGrowthRows(logs)];
}

interface MeasuredLog {
  readonly count: number;
  readonly runs: readonly Run[];
}

function logRows({ count, runs }: MeasuredLog): readonly Row[] {
  const pairs = (figure: (run: Run) => number, limit: (bare: BareLoops) => number): readonly Pair[] =>
    runs.map((run) => ({ figure: figure(run), limit: limit(run.bare) }));
  const middle = (read: (run: Run) => number): number => median(runs.map(read));
  const most = (read: (run: Run) => number): number => Math.max(...runs.map(read));
  const label = `${count.toLocaleString('en')} operations`;
  const wireBytes = most((run) => run.oneMore.wireBytes);
  return [
    durationRow(
      `${label}, written`,
      pairs(
        (run) => run.writeMs,
        (bare) => bare.sealMs + bare.deviceInsertMs,
      ),
    ),
    durationRow(
      `${label}, first upload`,
      pairs(
        (run) => run.upMs,
        (bare) => bare.upMs + bare.serverInsertMs,
      ),
      ratioMax,
    ),
    durationRow(
      `${label}, first download`,
      pairs(
        (run) => run.downMs,
        (bare) => bare.downMs + bare.openMs + bare.deviceInsertMs + bare.announceMs,
      ),
      ratioMax,
    ),
    plainRow(
      `${label}, one more up`,
      middle((run) => run.oneMore.upMs),
      'ms',
    ),
    plainRow(
      `${label}, one more down`,
      middle((run) => run.oneMore.downMs),
      'ms',
    ),
    plainRow(`${label}, one more on the wire`, wireBytes, 'bytes', {
      text: `< ${wireBytesMax} bytes`,
      reached: wireBytes < wireBytesMax,
    }),
    memoryRow(
      `${label}, server memory stored`,
      most((run) => run.storedMiB),
    ),
    memoryRow(
      `${label}, server memory peak`,
      most((run) => run.peakMiB),
    ),
  ];
}

/** The largest log beside the one before it. Memory does not depend on the moment: medians of all worlds compare. */
function memoryGrowthRows(logs: readonly MeasuredLog[]): readonly Row[] {
  const [smaller, largest] = logs.slice(-2);
  if (smaller === undefined || largest === undefined) return [];
  const peakOf = ({ runs }: MeasuredLog): number => median(runs.map(({ peakMiB }) => peakMiB));
  const [figure, limit] = [peakOf(largest), peakOf(smaller)];
  const ratio = figure / limit;
  const label = [largest, smaller].map(({ count }) => count.toLocaleString('en')).join(' beside ');
  const goal =
    smaller.count < usualCount
      ? null
      : { text: `≤ ${memoryGrowthMax} × limit`, reached: ratio <= memoryGrowthMax };
  return [{ name: `server memory peak, ${label} operations`, figure, limit, ratio, unit: 'MiB', goal }];
}

interface Run {
  readonly bare: BareLoops;
  readonly writeMs: number;
  readonly upMs: number;
  readonly downMs: number;
  readonly oneMore: OneMore;
  readonly storedMiB: number;
  readonly peakMiB: number;
}

async function runWorld(folder: string, count: number): Promise<Run> {
  const proxy = await startCountingProxy();
  const server = await startServerUnderTest(folder, proxy.address);
  proxy.forwardTo(server.address);
  const writer = await openDevice(folder, 'writer', server.address);
  const { id: space } = await (await writer.notebook()).addSpace('many');
  const write = await timed(() => writeNotes(writer, space, count - beside));
  const bare = await measureBareLoops(folder, count, averageEnvelopeBytes(writer));
  const up = await timed(async () => (await writer.engine()).sync());
  const stored = readMemory(server.pid);
  const reader = await openDevice(folder, 'reader', server.address);
  const down = await timed(async () => (await reader.engine()).sync());
  expectCount(down.result.received, count);
  const served = readMemory(server.pid);
  const oneMore = await measureOneMore({ writer, reader, space }, proxy);
  await proxy.stop();
  await writer.close();
  await reader.close();
  await server.stop();
  return {
    bare,
    writeMs: write.ms,
    upMs: up.ms,
    downMs: down.ms,
    oneMore,
    storedMiB: stored?.nowMiB ?? Number.NaN,
    peakMiB: served?.peakMiB ?? Number.NaN,
  };
}

interface BareLoops {
  readonly sealMs: number;
  readonly openMs: number;
  readonly serverInsertMs: number;
  readonly deviceInsertMs: number;
  readonly upMs: number;
  readonly downMs: number;
  /** A device that comes new sends one operation of its own, which the server stores. */
  readonly announceMs: number;
}

async function measureBareLoops(folder: string, count: number, envelopeBytes: number): Promise<BareLoops> {
  const sealedOnly = makeBareOperations(count, envelopeBytes, 0);
  const withOpened = makeBareOperations(count, envelopeBytes, envelopeBytes - limits.sealedOverheadBytes);
  const serverInsertMs = measureFreshInserts(folder, count, envelopeBytes);
  const deviceInsertMs = measureBareInserts(folder, withOpened, pageSizes);
  const { sealMs, openMs } = measureBareSealing(count, envelopeBytes);
  const bodiesOf = (sizes: BatchSizes): readonly number[] =>
    [...inBatches(sealedOnly, sizes)].map(
      (batch) => batch.length * (limits.frameHeaderBytes + envelopeBytes),
    );
  const http = await startBareHttp();
  const upMs = await http.uploadMs(bodiesOf(batchSizes));
  const downMs = await http.downloadMs(bodiesOf(pageSizes));
  const own = sealedOnly.slice(0, 1);
  const ownUpMs = await http.uploadMs([limits.frameHeaderBytes + envelopeBytes]);
  const announceMs = ownUpMs + measureBareInserts(folder, own, batchSizes);
  await http.stop();
  return { sealMs, openMs, serverInsertMs, deviceInsertMs, upMs, downMs, announceMs };
}

interface OneMore {
  readonly upMs: number;
  readonly downMs: number;
  readonly wireBytes: number;
}

/** Medians of writing one note on one device, sending it, and fetching it on the other. */
async function measureOneMore(devices: TwoDevices, proxy: CountingProxy): Promise<OneMore> {
  await signInAgain(devices.writer, 'writer', proxy.address);
  await signInAgain(devices.reader, 'reader', proxy.address);
  await (await devices.writer.engine()).sync();
  await (await devices.reader.engine()).sync();
  const samples: OneMore[] = [];
  for (let sample = 0; sample < oneMoreSamples; sample += 1) {
    proxy.takeBytes();
    const durations = await timeOneMore(devices, makeText());
    const bytes = proxy.takeBytes();
    samples.push({ ...durations, wireBytes: bytes.up + bytes.down });
  }
  return {
    upMs: median(samples.map(({ upMs }) => upMs)),
    downMs: median(samples.map(({ downMs }) => downMs)),
    wireBytes: median(samples.map(({ wireBytes }) => wireBytes)),
  };
}

function memoryRow(name: string, figure: number): Row {
  return plainRow(name, figure, 'MiB', {
    text: `< ${serverMiBMax} MiB`,
    reached: figure < serverMiBMax,
  });
}
