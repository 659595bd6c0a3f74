import type { HomeStatus } from '@dataans/client';
import type { FindingWords } from '../words/findings/finding-words.ts';

export type ClockFacts = Pick<
  HomeStatus,
  'clockLeadMs' | 'clockLagMs' | 'serverClockSuspected' | 'clockLeftAhead'
>;

/** What is wrong with a clock, in sentences; none if the clocks agree. // SYN-13, CLK-6 */
export function tellClock(status: ClockFacts, words: FindingWords): readonly string[] {
  const { clockLeadMs, clockLagMs, serverClockSuspected, clockLeftAhead } = status;
  const difference = (): string | null => {
    const differenceMs = clockLeadMs ?? clockLagMs;
    if (differenceMs === null) return null;
    if (serverClockSuspected) return words.serverClock(differenceMs);
    return clockLeadMs === null ? words.clockBehind(differenceMs) : words.clockAhead(differenceMs);
  };
  return [difference(), clockLeftAhead === null ? null : words.clockLeftAhead(clockLeftAhead.aheadMs)].filter(
    (sentence) => sentence !== null,
  );
}
