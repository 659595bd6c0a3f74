import type { Healing } from '@dataans/client';
import { formatIsoTime } from './dates.ts';
import { formatCount } from './sizes.ts';

/** What became of a server that was put back, wiped or replaced, in a sentence. */
export function describeHealing({ lost, done }: Healing): string {
  if (lost === 0) return 'The server was put back or replaced; it has everything again that is here.';
  const what = `The server had lost ${formatCount(lost, 'change')};`;
  const them = lost === 1 ? 'it' : 'them';
  return done ? `${what} this device sent ${them} again.` : `${what} the next sync sends ${them} again.`;
}

export function healingToJson(healing: Healing | null) {
  return healing === null ? null : { ...healing, at: formatIsoTime(healing.at) };
}
