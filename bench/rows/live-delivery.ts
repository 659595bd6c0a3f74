import { median, percentile, plainRow, type Row } from '../measure.ts';
import { openDevice } from '../world/device.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { withTemporaryFolder } from '../world/temporary-folder.ts';
import { makeText } from '../world/write-notes.ts';

const medianMsMax = 20;

/** From the moment A starts to write a note to the moment it is in B's store, both watching. */
export function measureLiveDelivery(samples: number): Promise<readonly Row[]> {
  return withTemporaryFolder(async (folder) => {
    const server = await startServerUnderTest(folder);
    const writer = await openDevice(folder, 'writer', server.address);
    const reader = await openDevice(folder, 'reader', server.address);
    const ending = new AbortController();
    const writing = await writer.engine();
    const reading = await reader.engine();
    let onReceived: (() => void) | null = null;
    const watches = [
      writing.watch({ signal: ending.signal }),
      reading.watch({
        signal: ending.signal,
        onEvent: (event) => {
          if (event.type === 'synced' && event.report.received > 0) onReceived?.();
        },
      }),
    ];
    const notebook = await writer.notebook();
    const { id: space } = await notebook.addSpace('live');
    const delays: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      const received = new Promise<void>((resolve) => (onReceived = resolve));
      const start = performance.now();
      await notebook.addNote({ space, text: makeText() });
      await received;
      delays.push(performance.now() - start);
    }
    ending.abort();
    await Promise.all(watches);
    await writer.close();
    await reader.close();
    await server.stop();
    const steady = delays.slice(Math.ceil(samples / 10));
    const middle = median(steady);
    const goal = { text: `< ${medianMsMax} ms`, reached: middle < medianMsMax };
    return [
      plainRow('live delivery, median', middle, 'ms', goal),
      plainRow('live delivery, 99th percentile', percentile(steady, 0.99), 'ms'),
    ];
  });
}
