import { createWriteStream } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { countPieces, limits, randomBytesToUuid, type EntityId } from '@dataans/core';
import { openContent } from '@dataans/client/node';
import { measureBareTransfer } from '../limits/bare-transfer.ts';
import { timed, type Row } from '../measure.ts';
import { openDevice } from '../world/device.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { withTemporaryFolder } from '../world/temporary-folder.ts';

const ratioMin = 0.5;

/** One large file sealed, sent and fetched, beside the same sealed bytes over bare loopback HTTP. */
export function measureBigFile(fileBytes: number): Promise<readonly Row[]> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'big');
    await writeRandomFile(path, fileBytes);
    const bare = measureBareTransfer(countPieces(fileBytes));

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
    const reader = await openDevice(folder, 'reader', server.address);
    const down = await timed(async () => (await reader.engine()).sync());
    if (down.result.filesReceived !== 1) throw new Error('The file did not arrive.');
    writer.close();
    reader.close();
    await server.stop();

    const label =
      fileBytes >= 2 ** 30 ? `${fileBytes / 2 ** 30} GiB` : `${Math.round(fileBytes / 2 ** 20)} MiB`;
    return [
      speedRow(`${label} file, sealing`, fileBytes, sealing.ms, null),
      speedRow(`${label} file, up`, fileBytes, up.ms, bare.upMs),
      speedRow(`${label} file, down`, fileBytes, down.ms, bare.downMs),
    ];
  });
}

function speedRow(name: string, bytes: number, ms: number, bareMs: number | null): Row {
  const figure = bytes / 1_000 / ms;
  const limit = bareMs === null ? null : bytes / 1_000 / bareMs;
  const goal = limit === null ? null : { text: `≥ ${ratioMin} × limit`, reached: figure >= ratioMin * limit };
  return { name, figure, limit, unit: 'MB/s', goal };
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
