import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntityId } from '@dataans/core';
import { openDevice } from './device.ts';
import { startServerUnderTest } from './server-under-test.ts';
import { writeNotes } from './write-notes.ts';

/** A server's folder and a device's home with the same very many notes: nine of ten in one space, the rest in another. */
export interface ManyNotes {
  /** Of the server, and of `writerName`: who measures starts a server in it and opens devices there. */
  readonly folder: string;
  readonly count: number;
  readonly most: EntityId;
  readonly rest: EntityId;
  readonly restCount: number;
}

export interface SharedNotes {
  /** Made by the first call. Who adds to it adds little. */
  use(): Promise<ManyNotes>;
  remove(): void;
}

export const writerName = 'writer';

export function shareManyNotes(count: number): SharedNotes {
  let folder: string | null = null;
  let made: Promise<ManyNotes> | null = null;
  return {
    use: () => (made ??= makeManyNotes((folder = mkdtempSync(join(tmpdir(), 'dataans-bench-'))), count)),
    remove: () => {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeManyNotes(folder: string, count: number): Promise<ManyNotes> {
  const server = await startServerUnderTest(folder);
  const writer = await openDevice(folder, writerName, server.address);
  const notebook = await writer.notebook();
  const { id: most } = await notebook.addSpace('most');
  const { id: rest } = await notebook.addSpace('rest');
  const restCount = Math.round(count / 10);
  await writeNotes(writer, most, count - restCount);
  await writeNotes(writer, rest, restCount);
  await (await writer.engine()).sync();
  await writer.close();
  await server.stop();
  return { folder, count, most, rest, restCount };
}
