import type { Finding } from './finding.ts';
import { IntegrityError } from './integrity-error.ts';

/** What makes a device suspect that the server's log is not the one that it followed. */
export type Divergence =
  /** The server says that its chain at our cursor is another, or that it has no such position, or another log. */
  | { readonly kind: 'cursor-unknown'; readonly seq: number }
  /** The log is shorter than what it had acknowledged. */
  | { readonly kind: 'head-behind'; readonly seq: number; readonly head: number }
  /** A batch, or the entries that came, did not lead to the chain that the server names. */
  | { readonly kind: 'chain-differs'; readonly seq: number };

/** What no history of a log explains. */
export interface Contradiction {
  readonly kind: 'contradiction';
  /** How its answers contradict each other. */
  readonly what: string;
}

/**
 * A log that may be another one than was followed: `heal` asks the server, and either puts it right or
 * throws this. // HEAL-1
 */
export class DivergenceError extends IntegrityError {
  constructor(address: string, divergence: Divergence) {
    super(explain(address, divergence));
  }
}

/** What a device refuses, whatever has become of the server: nothing of it is stored. // SYN-7 */
export function explainContradiction(address: string, contradiction: Contradiction): IntegrityError {
  return new IntegrityError(explain(address, contradiction));
}

function explain(address: string, found: Divergence | Contradiction): Finding {
  const kind = found.kind === 'chain-differs' ? found.kind : 'answers-contradict';
  return {
    kind,
    concerns: 'seq' in found ? { seq: found.seq } : {},
    message: describe(address, found),
    advice,
  };
}

const advice =
  "Nothing on this device was lost. Sync again. If this comes back, check whether someone changed the server's data.";

function describe(address: string, found: Divergence | Contradiction): string {
  switch (found.kind) {
    case 'cursor-unknown':
      return `The log on ${address} no longer matches what this device saw there (up to entry ${found.seq}).`;
    case 'head-behind':
      return `The log on ${address} ends at entry ${found.head}, but this device has already seen entry ${found.seq}.`;
    case 'chain-differs':
      return `The entries on ${address} don't match the server's own checksum at entry ${found.seq}.`;
    case 'contradiction':
      return `${address} contradicts itself: ${found.what}.`;
  }
}
