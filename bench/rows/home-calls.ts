import { percentile, plainRow, timed, type Row } from '../measure.ts';
import { openDevice, openHome } from '../world/device.ts';
import { writerName, type ManyNotes } from '../world/many-notes.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { makeText } from '../world/write-notes.ts';

const rounds = 30;

/** What a screen in Node waits for, in a home of very many notes: to open, to store, to hear of a change elsewhere. */
export async function measureHomeCalls({ folder, count, most, rest }: ManyNotes): Promise<readonly Row[]> {
  const server = await startServerUnderTest(folder);
  const writer = await openDevice(folder, writerName, server.address);
  const reader = await openDevice(folder, 'reader', server.address);
  await reader.sync.run();
  const label = `in Node, of ${count.toLocaleString('en')} notes`;

  const stored: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    stored.push((await timed(() => reader.notes.add({ space: most, text: makeText() }))).ms);

  let onTold: (() => void) | null = null;
  const stop = reader.live.notes({ space: rest }, () => onTold?.());
  await Promise.all([writer.start(), reader.start()]);
  const told: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const heard = new Promise<void>((resolve) => (onTold = resolve));
    const startedAt = performance.now();
    await writer.notes.add({ space: rest, text: makeText() });
    await heard;
    told.push(performance.now() - startedAt);
  }
  stop();
  await reader.close();
  const opened = await timed(async () => {
    const again = openHome(folder, 'reader');
    await again.notes.window({ space: most });
    return again;
  });
  await opened.result.close();
  await writer.close();
  await server.stop();
  return [
    plainRow(`open to first window, ${label}`, opened.ms, 'ms'),
    plainRow(`Enter to stored, ${label}`, percentile(stored, 0.5), 'ms'),
    plainRow(`a change elsewhere to the query's answer, ${label}`, percentile(told, 0.5), 'ms'),
  ];
}
