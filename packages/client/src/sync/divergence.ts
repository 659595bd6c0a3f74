import { DataansError } from '@dataans/core';

/** How a server's log was found not to be the one that this device followed. */
export type Divergence =
  /** The server says that its chain at our cursor is another, or that it has no such position. */
  | { readonly kind: 'cursor-unknown'; readonly seq: number }
  /** The log is shorter than what it had acknowledged. */
  | { readonly kind: 'head-behind'; readonly seq: number; readonly head: number }
  /** The entries that came do not lead to the chain that the server names. */
  | { readonly kind: 'chain-differs'; readonly seq: number }
  /** An answer contradicts itself. */
  | { readonly kind: 'contradiction'; readonly what: string };

/** The one place where a divergence is decided: nothing here is touched, and a person is told. // SYN-7 */
export function explainDivergence(address: string, divergence: Divergence): DataansError {
  return new DataansError('integrity', describe(address, divergence), {
    advice:
      'Nothing on this device was changed. Find out whether the server was restored, replaced or tampered with.',
  });
}

function describe(address: string, divergence: Divergence): string {
  switch (divergence.kind) {
    case 'cursor-unknown':
      return `The log of ${address} is not the one that this device followed up to entry ${divergence.seq}.`;
    case 'head-behind':
      return `The log of ${address} ends at entry ${divergence.head}, but this device followed it up to entry ${divergence.seq}.`;
    case 'chain-differs':
      return `The entries that ${address} sent do not fit the chain that it gives for entry ${divergence.seq}.`;
    case 'contradiction':
      return `${address} contradicts itself: ${divergence.what}.`;
  }
}
