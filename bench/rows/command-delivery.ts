import { setTimeout as delay } from 'node:timers/promises';
import { median, plainRow, timed, type Row } from '../measure.ts';
import { runCommand, startWatch } from '../world/command.ts';
import type { ChildProgram } from '../world/child-program.ts';
import { openDevice } from '../world/device.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { withTemporaryFolder } from '../world/temporary-folder.ts';
import { makeText } from '../world/write-notes.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

const medianMsMax = 1_000;
const pollMs = 2;
/** Only keeps a watch that delivers nothing from hanging the run. */
const hungAfterMs = 30_000;

/**
 * From the end of `dataans note add` on A to the moment any process sees the note in B's list, `dataans sync --watch`
 * running on both. The watches send while the command still ends: what is left to wait for may be nothing.
 */
export function measureCommandDelivery(samples: number): Promise<readonly Row[]> {
  return withTemporaryFolder(async (folder) => {
    const server = await startServerUnderTest(folder);
    const writer = await openDevice(folder, 'writer', server.address);
    const reader = await openDevice(folder, 'reader', server.address);
    await (await writer.notebook()).addSpace('live');
    const watches: ChildProgram[] = [];
    const delays: number[] = [];
    try {
      for (const { directory } of [writer, reader]) watches.push(await startWatch(directory));
      for (let sample = 0; sample < samples; sample += 1) {
        const note = await runCommand(writer.directory, ['note', 'add', makeText()]);
        delays.push((await timed(() => waitForNote(reader, note))).ms);
      }
    } finally {
      for (const watch of watches) await watch.stop();
      await writer.close();
      await reader.close();
      await server.stop();
    }
    const middle = median(delays);
    const goal = { text: `< ${medianMsMax} ms`, reached: middle < medianMsMax };
    return [
      plainRow('note of another command, on the other device', middle, 'ms', goal),
      plainRow('note of another command, the slowest', Math.max(...delays), 'ms'),
    ];
  });
}

async function waitForNote({ store }: TestHome, note: string): Promise<void> {
  const deadlineMs = performance.now() + hungAfterMs;
  while (![...store.entities.notes()].some(({ id }) => id === note)) {
    if (performance.now() > deadlineMs) throw new Error('The note did not arrive.');
    await delay(pollMs);
  }
}
