import type { Healing } from '@dataans/client';
import { formatIsoTime } from './dates.ts';
import { formatCount } from './sizes.ts';

/** What became of a server that was restored, wiped or replaced, in sentences. */
export function describeHealing({ lost, done }: Healing): string {
  if (lost === 0) return 'The server was restored or replaced, and has everything from this device again.';
  const what = `The server had lost ${formatCount(lost, 'entry', 'entries')} of its log.`;
  const them = lost === 1 ? 'it' : 'them';
  return done ? `${what} This device has sent ${them} again.` : `${what} The next sync sends ${them} again.`;
}

export function healingToJson(healing: Healing | null) {
  return healing === null ? null : { ...healing, at: formatIsoTime(healing.at) };
}
