import { bytesToUuid, equalBytes, type Frame, type Hash, type OperationId } from '@dataans/core';
import { explainEntry } from '../findings/entry-findings.ts';
import type { Finding } from '../findings/finding.ts';
import type { ReceivedOperation } from '../store/local-log.ts';
import type { EntryTally } from './verification.ts';

/** One entry of the log as it was fetched, and what is here of it. */
export interface FetchedEntry {
  readonly seq: number;
  readonly frame: Frame;
  readonly opened: ReceivedOperation['opened'];
  /** The account has data keys that only signing in again brings. // ACC-22 */
  readonly awaitsKeys: boolean;
  /** The envelope of the operation of this id that is here. */
  readonly local: Uint8Array | null;
  /** The operation that this device followed at this entry; `null` where that is not known. */
  readonly followed: OperationId | null;
  /** This device has followed the log up to here. */
  readonly isFollowed: boolean;
}

export interface Judgement {
  readonly counted: Exclude<keyof EntryTally, 'checked' | 'opened'> | null;
  readonly findings: readonly Finding[];
}

/** What an entry is, and what is wrong with it. // VFY-7 */
export function judgeEntry(entry: FetchedEntry, hash: Hash): Judgement {
  const { seq, frame, followed, isFollowed } = entry;
  const id = bytesToUuid<OperationId>(frame.id);
  const judged = judgeContent(entry, id, hash);
  if (judged.findings.length > 0) return judged;
  if (followed !== null && followed !== id) return { ...judged, findings: [displaced(seq, followed)] };
  // This device has the operation as another entry, or it would know of this one.
  if (isFollowed && followed === null && judged.counted === 'same')
    return { ...judged, findings: explain(seq, id, 'repeated') };
  return judged;
}

function judgeContent(
  { seq, frame, opened, awaitsKeys, local }: FetchedEntry,
  id: OperationId,
  hash: Hash,
): Judgement {
  if (local !== null) {
    const isSame = equalBytes(frame.body, frame.kind === 'pruned' ? hash(local) : local);
    return isSame
      ? { counted: 'same', findings: [] }
      : { counted: null, findings: explain(seq, id, 'other-bytes') };
  }
  if (opened.ok) return { counted: 'unreceived', findings: [] };
  if (opened.code === 'pruned') return { counted: null, findings: explain(seq, id, 'withheld') };
  const findings = awaitsKeys && opened.code === 'unknown-key' ? [] : explain(seq, id, opened.code);
  return { counted: findings.length === 0 ? 'notUnderstood' : null, findings };
}

function explain(...entry: Parameters<typeof explainEntry>): readonly Finding[] {
  const finding = explainEntry(...entry);
  return finding === null ? [] : [finding];
}

function displaced(seq: number, operation: OperationId): Finding {
  return {
    kind: 'entry-displaced',
    concerns: { seq, operation },
    message: `Entry ${seq} on the server isn't the change that this device sent or received there.`,
    advice:
      'This device still has the original. Restore the server from a backup, or start it with an empty data folder, then sync.',
  };
}
