import { decodeFrames, equalBytes, limits } from '@dataans/core';
import type { LogImporter } from './log-importer.ts';
import type { LogSource } from './log-source.ts';

/** What was read is not what the log says it has. */
export class LogDamageError extends Error {
  override readonly name = 'LogDamageError';
}

/**
 * Copies what the other place lacks, up to the head of this moment, page by page. The account record comes last: one that is newer
 * than the operations opens them as well. Rejects if the two are not one log, with `LogDamageError`. // SRV-34
 */
export async function copyLog(
  from: LogSource,
  to: LogImporter,
  onDone: (done: number, total: number) => void,
): Promise<void> {
  const { seq: total } = await from.head();
  for (let { seq, chain } = to.head(); seq < total; { seq, chain } = to.head()) {
    const operationsMax = Math.min(limits.batchOperationsMax, total - seq);
    const page = await from.readPage({ after: seq, chain, operationsMax, bytesMax: limits.batchBytesMax });
    const decoded = page.ok ? decodeFrames(page.frames) : page;
    if (!decoded.ok || decoded.frames.length === 0)
      throw new LogDamageError(`what follows operation ${seq} cannot be read, or is of another log`);
    await to.append(decoded.frames);
    onDone(to.head().seq, total);
  }
  // A question for a page says what the chain is before it: nothing has said so of the last one.
  const { seq, chain } = to.head();
  const stored = await from.chainAt(seq);
  if (stored === null || !equalBytes(stored, chain))
    throw new LogDamageError(`operation ${seq} and those before it do not match the chain`);
  const record = await from.account();
  if (record !== null) await to.putRecord(record);
}
