import { createWriteStream } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { countPieces, limits, randomBytesToUuid, type EntityId } from '@dataans/core';
import { openContent } from '../../packages/client/src/node/read-content.ts';
import { measureBareTransfer, type BareTransfer } from '../limits/bare-transfer.ts';
import { median, plainRow, summarize, timed, type Pair, type Row } from '../measure.ts';
import { openDevice } from '../world/device.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { withTemporaryFolder } from '../world/temporary-folder.ts';

const ratioMin = 0.5;

/** One large file sealed, sent and fetched, beside the same sealed bytes over bare loopback HTTP, several times. */
export function measureBigFile(fileBytes: number, rounds: number): Promise<readonly Row[]> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'big');
    await writeRandomFile(path, fileBytes);
    const runs: Run[] = [];
    for (let round = 0; round < rounds; round += 1)
      runs.push(await withTemporaryFolder((worldFolder) => runWorld(worldFolder, path)));
    const label =
      fileBytes >= 2 ** 30 ? `${fileBytes / 2 ** 30} GiB` : `${Math.round(fileBytes / 2 ** 20)} MiB`;
    const speed = (ms: number): number => fileBytes / 1_000 / ms;
    return [
      plainRow(`${label} file, sealing`, median(runs.map(({ sealMs }) => speed(sealMs))), 'MB/s'),
      speedRow(
        `${label} file, up`,
        runs.map(({ upMs, bare }) => ({ figure: speed(upMs), limit: speed(bare.upMs) })),
      ),
      speedRow(
        `${label} file, down`,
        runs.map(({ downMs, bare }) => ({ figure: speed(downMs), limit: speed(bare.downMs) })),
      ),
    ];
  });
}

interface Run {
  readonly bare: BareTransfer;
  readonly sealMs: number;
  readonly upMs: number;
  readonly downMs: number;
}

async function runWorld(folder: string, path: string): Promise<Run> {
  const server = await startServerUnderTest(folder);
  const writer = await openDevice(folder, 'writer', server.address);
  const files = await writer.files();
  const content = await openContent(path);
  const sealing = await timed(() => files.seal(content));
  await content.close();
  const notebook = await writer.notebook();
  const { id: space } = await notebook.addSpace('files');
  const file = randomBytesToUuid<EntityId>(randomBytes(16));
  await notebook.record(() => [
    { entity: 'file', id: file, parents: [], deleted: false, value: { name: 'big', ...sealing.result } },
  ]);
  await notebook.addNote({ space, files: [file] });
  const up = await timed(async () => (await writer.engine()).sync());
  const bare = measureBareTransfer(countPieces(sealing.result.bytes));
  const reader = await openDevice(folder, 'reader', server.address);
  const down = await timed(async () => (await reader.engine()).sync());
  if (down.result.filesReceived !== 1) throw new Error('The file did not arrive.');
  await writer.close();
  await reader.close();
  await server.stop();
  return { bare, sealMs: sealing.ms, upMs: up.ms, downMs: down.ms };
}

function speedRow(name: string, pairs: readonly Pair[]): Row {
  const summary = summarize(pairs);
  const goal = { text: `≥ ${ratioMin} × limit`, reached: summary.ratio >= ratioMin };
  return { name, ...summary, unit: 'MB/s', goal };
}

async function writeRandomFile(path: string, bytes: number): Promise<void> {
  const stream = createWriteStream(path, { flush: true }); // Else the disk is at it while others are measured.
  for (let written = 0; written < bytes; written += limits.pieceBytesMax) {
    const piece = randomBytes(Math.min(limits.pieceBytesMax, bytes - written));
    if (!stream.write(piece)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}
