import { DataansError } from '@dataans/core';
import type { Cursor } from './local-log.ts';
import type { LogTables } from './log-tables.ts';
import { createRunRecorder } from './run-recorder.ts';

/** Within a transaction; see `LocalLog.acknowledge`. // STO-4 */
export function acknowledgePlaces(
  { followed, outbox, writer }: LogTables,
  places: readonly number[],
  cursor: Cursor | null,
): void {
  if (cursor !== null) {
    followed.follow(places.length, cursor);
    followed.moveLatest(Math.max(followed.latest(), writer.read().last.at)); // HIS-15
  }
  const firstSeq = cursor === null ? null : cursor.seq - places.length + 1;
  const runs = createRunRecorder((seq, place, operations) => {
    const waited = outbox.remove(place, place + operations - 1);
    if (firstSeq === null) return;
    if (waited < operations) throw takenTwice();
    followed.recordRun(seq, place, operations);
  });
  for (const [index, place] of places.entries()) runs.record((firstSeq ?? 1) + index, place);
  runs.end();
}

/** A page has brought it meanwhile: the server cannot have stored it as another entry, too. // SYN-7 */
function takenTwice(): DataansError {
  return new DataansError('integrity', 'The server says that it took a change as new that its log had.', {
    advice: 'Nothing was stored. Sync again.',
  });
}
