import type { QuarantinedOperation } from '@dataans/client';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { formatIsoTime, formatLocalTime } from '../output/dates.ts';
import { printListing } from '../output/print.ts';
import { sentenceByReason } from '../output/quarantine.ts';
import { formatCount } from '../output/sizes.ts';

/** Shows what came and could not be used, in the order of the log. */
export async function listQuarantine(context: Context): Promise<ExitCode> {
  const home = await context.home();
  return printListing(context, {
    items: await home.sync.quarantine(),
    json: quarantinedToJson,
    row: (quarantined) => {
      const { receivedAt, seq, bytes, version, keyId, reason } = quarantined;
      return [
        receivedAt === null ? '-' : formatLocalTime(receivedAt),
        seq === 0 ? '-' : `entry ${seq}`,
        bytes === null ? '-' : formatCount(bytes, 'byte'),
        version === null ? '-' : `version ${version}`,
        keyId === null ? '-' : `key ${keyId}`,
        sentenceByReason[reason],
      ];
    },
    empty: 'Nothing is set aside. Every change this device received could be used.',
  });
}

function quarantinedToJson({
  id,
  receivedAt,
  seq,
  bytes,
  version,
  keyId,
  reason,
  isKept,
}: QuarantinedOperation) {
  return {
    id,
    receivedAt: receivedAt === null ? null : formatIsoTime(receivedAt),
    sequence: seq === 0 ? null : seq,
    bytes,
    version,
    keyId,
    reason,
    kept: isKept,
  };
}
