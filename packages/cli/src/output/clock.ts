import type { ClockDifference, SyncStatus } from '@dataans/client';
import { formatIsoTime } from './dates.ts';
import { formatDuration } from './duration.ts';

/** What is wrong with a clock, and what to do, in sentences; nothing if the clocks agree. // SYN-13 */
export function describeClockDifference(difference: ClockDifference): readonly string[] {
  const { clockLeadMs, clockLagMs, serverClockSuspected } = difference;
  const differenceMs = clockLeadMs ?? clockLagMs;
  if (differenceMs === null) return [];
  const length = formatDuration(differenceMs);
  if (serverClockSuspected)
    return [
      `This device's clock and the server's differ by ${length}. Other devices agree with this one. Check the server's clock.`,
    ];
  const side = clockLeadMs === null ? 'behind' : 'ahead of';
  return [
    `This device's clock is ${length} ${side} the server's. Please correct it, unless the server's clock is the wrong one.`,
  ];
}

/**
 * A device that goes on under a new name, in sentences. // CLK-6
 *
 * @param call what stands before a command
 */
export function describeClockLeftAhead(
  { clockLeftAhead }: Pick<SyncStatus, 'clockLeftAhead'>,
  name: string | null,
  call: string,
): readonly string[] {
  if (clockLeftAhead === null) return [];
  const as = name === null ? '' : `, “${name}”`;
  return [
    `This device's clock was ${formatDuration(clockLeftAhead.aheadMs)} ahead. It continues as a new device${as}. Nothing is lost.`,
    `To stop showing this: ${call} status --acknowledge`,
  ];
}

export function clockLeftAheadToJson(clockLeftAhead: SyncStatus['clockLeftAhead']) {
  return clockLeftAhead === null ? null : { ...clockLeftAhead, at: formatIsoTime(clockLeftAhead.at) };
}
