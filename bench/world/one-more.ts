import type { EntityId } from '@dataans/core';
import { timed } from '../measure.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

/** Two devices of one account, both in sync, and a space that both have. */
export interface TwoDevices {
  readonly writer: TestHome;
  readonly reader: TestHome;
  readonly space: EntityId;
}

/** One note written on one device: milliseconds to send it, and to fetch it on the other. */
export async function timeOneMore(
  { writer, reader, space }: TwoDevices,
  text: string,
): Promise<{ readonly upMs: number; readonly downMs: number }> {
  const notebook = await writer.notebook();
  const sending = await writer.engine();
  const fetching = await reader.engine();
  await notebook.addNote({ space, text });
  const up = await timed(() => sending.sync());
  const down = await timed(() => fetching.sync());
  expectCount(down.result.received, 1);
  return { upMs: up.ms, downMs: down.ms };
}

export function expectCount(received: number, least: number): void {
  if (received < least) throw new Error(`Only ${received} of ${least} operations arrived.`);
}
