import { decodeFrames, limits } from '@dataans/core';
import type { LogImporter } from './log-importer.ts';
import type { LogStore } from './log-store.ts';

/**
 * Copies what the other place lacks, up to the head of this moment, page by page. The account record comes last: one that is newer
 * than the operations opens them as well. Rejects if the two are not one log. // SRV-34
 */
export async function copyLog(
  from: Pick<LogStore, 'head' | 'readPage' | 'account'>,
  to: LogImporter,
  onDone: (done: number, total: number) => void,
): Promise<void> {
  const { seq: total } = await from.head();
  for (let { seq, chain } = to.head(); seq < total; { seq, chain } = to.head()) {
    const operationsMax = Math.min(limits.batchOperationsMax, total - seq);
    const page = await from.readPage({ after: seq, chain, operationsMax, bytesMax: limits.batchBytesMax });
    const decoded = page.ok ? decodeFrames(page.frames) : page;
    if (!decoded.ok || decoded.frames.length === 0)
      throw new Error(`What follows operation ${seq} cannot be read, or is of another log.`);
    await to.append(decoded.frames);
    onDone(to.head().seq, total);
  }
  const record = await from.account();
  if (record !== null) await to.putRecord(record);
}
