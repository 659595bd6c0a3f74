import { join } from 'node:path';
import { durationRow, type Pair, type Row } from '../measure.ts';
import { openDevice } from '../world/device.ts';
import { expectCount, timeOneMore, type TwoDevices } from '../world/one-more.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { withTemporaryFolder } from '../world/temporary-folder.ts';
import { makeText, writeNotes } from '../world/write-notes.ts';

const ratioMax = 1.3;
const rounds = 100;
/** Until both servers are as warm: what a server took in before warms the one of the larger log more. */
const warmingRounds = 30;

/** One operation more in a large log beside one more in a small log, in turns. */
export function measureGrowth(smallCount: number, largeCount: number): Promise<readonly Row[]> {
  return withTemporaryFolder(async (folder) => {
    const small = await openWorld(join(folder, 'small'), smallCount);
    const large = await openWorld(join(folder, 'large'), largeCount);
    const up: Pair[] = [];
    const down: Pair[] = [];
    for (let round = 0; round < warmingRounds + rounds; round += 1) {
      const limit = await timeOneMore(small, makeText());
      const figure = await timeOneMore(large, makeText());
      if (round < warmingRounds) continue;
      up.push({ figure: figure.upMs, limit: limit.upMs });
      down.push({ figure: figure.downMs, limit: limit.downMs });
    }
    await small.close();
    await large.close();
    const label = `${largeCount.toLocaleString('en')} beside ${smallCount.toLocaleString('en')} operations`;
    return [
      durationRow(`one more up, ${label}`, up, ratioMax),
      durationRow(`one more down, ${label}`, down, ratioMax),
    ];
  });
}

async function openWorld(
  folder: string,
  count: number,
): Promise<TwoDevices & { readonly close: () => Promise<void> }> {
  const server = await startServerUnderTest(folder);
  const writer = await openDevice(folder, 'writer', server.address);
  const { id: space } = await (await writer.notebook()).addSpace('many');
  await writeNotes(writer, space, count);
  await (await writer.engine()).sync();
  const reader = await openDevice(folder, 'reader', server.address);
  expectCount((await (await reader.engine()).sync()).received, count);
  const close = async (): Promise<void> => {
    await writer.close();
    await reader.close();
    await server.stop();
  };
  return { writer, reader, space, close };
}
