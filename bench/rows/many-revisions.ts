import { join } from 'node:path';
import type { EntityId } from '@dataans/core';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';
import { durationRow, timed, type Pair, type Row } from '../measure.ts';
import { openDevice } from '../world/device.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { withTemporaryFolder } from '../world/temporary-folder.ts';

const ratioMax = 2;
const rounds = 3;

/** A first sync of one note with very many revisions, one of which was made apart from the first, beside one without. */
export function measureManyRevisions(revisions: number): Promise<readonly Row[]> {
  return withTemporaryFolder(async (folder) => {
    const alone = await makeHistory(join(folder, 'alone'), revisions, false);
    const forked = await makeHistory(join(folder, 'forked'), revisions, true);
    const pairs: Pair[] = [];
    for (let round = 0; round < rounds; round += 1)
      pairs.push({
        limit: await timeFirstSync(alone, `reader ${round}`),
        figure: await timeFirstSync(forked, `reader ${round}`),
      });
    await alone.stop();
    await forked.stop();
    const label = `first sync of ${revisions.toLocaleString('en')} revisions of a note`;
    return [durationRow(`${label} and one made apart`, pairs, ratioMax)];
  });
}

interface History {
  readonly folder: string;
  readonly address: string;
  readonly stop: () => Promise<void>;
}

async function makeHistory(folder: string, revisions: number, isForked: boolean): Promise<History> {
  const server = await startServerUnderTest(folder);
  const writer = await openDevice(folder, 'writer', server.address);
  const { id: space } = await writer.spaces.add({ name: 'one' });
  const { id: note } = await writer.notes.add({ space, text: 'revision 0\n' });
  await writer.sync.run();
  const apart = await openDevice(folder, 'apart', server.address);
  await apart.sync.run();
  for (let revision = 1; revision <= revisions; revision += 1)
    await edit(writer, note, `revision ${revision}\n`);
  await writer.sync.run();
  if (isForked) await edit(apart, note, 'revision 0\napart\n');
  await apart.sync.run();
  await writer.close();
  await apart.close();
  return { folder, address: server.address, stop: server.stop };
}

async function edit({ notes }: TestHome, id: EntityId, text: string): Promise<void> {
  const base = await notes.read(id);
  if (base === null) throw new Error('The note is not there.');
  await notes.edit(base, { text });
}

async function timeFirstSync({ folder, address }: History, name: string): Promise<number> {
  const reader = await openDevice(folder, name, address);
  const { ms } = await timed(() => reader.sync.run());
  await reader.close();
  return ms;
}
